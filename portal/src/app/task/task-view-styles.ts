import { css } from "lit";

/** The task page fills the window: the bar, perhaps a notice, and the frame. */
export const taskViewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    height: 100dvh;
  }
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden;
  }
`;

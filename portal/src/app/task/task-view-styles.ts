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
  iframe {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
    background: #ffffff;
    color-scheme: light;
  }
  iframe.current {
    z-index: 1;
  }
  iframe.current:focus-visible {
    outline: none;
  }
  iframe.waiting {
    opacity: 0;
    pointer-events: none;
  }
`;

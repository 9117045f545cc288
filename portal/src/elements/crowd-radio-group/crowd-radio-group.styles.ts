import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    margin: 8px 0;
  }
`;

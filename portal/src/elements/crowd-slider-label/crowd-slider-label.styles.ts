import { css } from "lit";

export const styles = css`
  :host {
    display: inline-block;
    color: var(--gw-quiet);
    font-size: 0.85rem;
    white-space: nowrap;
  }
`;

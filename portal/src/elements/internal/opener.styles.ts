import { css } from "lit";

/** The link or button that opens a dialog. */
export const openerStyles = css`
  :host {
    display: inline-block;
  }
  .opener {
    min-height: 36px;
    padding: 6px 0;
    border: 0;
    background: none;
    color: var(--gw-accent);
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .opener.button {
    min-height: 40px;
    padding: 7px 18px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    color: var(--gw-text);
    text-decoration: none;
  }
  .opener:hover {
    background: var(--gw-raised);
  }
`;

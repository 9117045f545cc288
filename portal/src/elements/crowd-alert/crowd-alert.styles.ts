import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    margin: 8px 0;
  }
  .alert {
    --tone: var(--gw-accent);
    display: flex;
    align-items: flex-start;
    gap: 12px;
    padding: 11px 14px;
    border: 1px solid var(--tone);
    border-left-width: 5px;
    border-radius: var(--gw-radius);
    background: var(--gw-tint);
    color: var(--gw-text);
  }
  .success {
    --tone: var(--gw-good);
    background: var(--gw-good-tint);
  }
  .warning {
    --tone: #b27b0a;
    background: var(--gw-warn-tint);
  }
  .error {
    --tone: var(--gw-bad);
    background: var(--gw-bad-tint);
  }
  .alert > .icon {
    margin-top: 2px;
    color: var(--tone);
  }
  .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: break-word;
  }
  button {
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    margin: -4px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--gw-quiet);
    cursor: pointer;
  }
  button:hover {
    background: rgb(0 0 0 / 8%);
  }
`;

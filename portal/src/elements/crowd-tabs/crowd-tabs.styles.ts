import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    color: var(--gw-text);
  }
  [role="tablist"] {
    display: flex;
    gap: 4px;
    border-bottom: 1px solid var(--gw-line);
    overflow-x: auto;
  }
  [role="tab"] {
    flex: none;
    min-height: 44px;
    padding: 8px 16px;
    border: 0;
    border-bottom: 3px solid transparent;
    background: none;
    color: var(--gw-quiet);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    outline-offset: -3px;
  }
  [role="tab"]:hover {
    color: var(--gw-text);
  }
  [role="tab"][aria-selected="true"] {
    border-bottom-color: var(--gw-accent);
    color: var(--gw-accent);
  }
`;

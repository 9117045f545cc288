import { css } from "lit";

export const textFieldStyles = css`
  :host {
    display: block;
    margin: 8px 0;
    color: var(--gw-text);
  }
  .box {
    position: relative;
  }
  #field {
    display: block;
    width: 100%;
    min-height: 44px;
    padding: 9px 12px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    color: inherit;
    font: inherit;
  }
  .labeled #field {
    min-height: 54px;
    padding-top: 23px;
    padding-bottom: 6px;
  }
  #field:focus-visible {
    outline-offset: -1px;
    border-color: var(--gw-focus);
  }
  #field:disabled {
    background: var(--gw-raised);
    color: var(--gw-quiet);
  }
  #field::placeholder {
    color: #66736f;
  }
  .labeled:not(.raised) #field:not(:focus)::placeholder {
    color: transparent;
  }
  .broken #field {
    border-color: var(--gw-bad);
    box-shadow: inset 0 0 0 1px var(--gw-bad);
  }
  label {
    position: absolute;
    top: 14px;
    left: 13px;
    max-width: calc(100% - 26px);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--gw-quiet);
    pointer-events: none;
    transform-origin: 0 0;
    transition: transform 0.12s;
  }
  .raised label,
  .box:focus-within label {
    transform: translateY(-9px) scale(0.78);
  }
  .below {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    font-size: 0.85rem;
  }
  #complaint {
    color: var(--gw-bad);
    padding-top: 3px;
  }
  #complaint:empty {
    padding: 0;
  }
  .count {
    margin-left: auto;
    padding-top: 3px;
    color: var(--gw-quiet);
    font-variant-numeric: tabular-nums;
  }
`;

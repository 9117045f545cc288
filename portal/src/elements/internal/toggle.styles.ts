import { css } from "lit";

export const toggleStyles = css`
  :host {
    display: block;
    color: var(--gw-text);
  }
  label {
    display: inline-flex;
    align-items: flex-start;
    gap: 10px;
    min-height: 36px;
    padding: 6px 0;
    cursor: pointer;
  }
  input {
    appearance: none;
    flex: none;
    display: grid;
    place-items: center;
    width: 22px;
    height: 22px;
    margin: 1px 0 0;
    border: 2px solid var(--gw-control-line);
    border-radius: 5px;
    background: var(--gw-surface);
    cursor: inherit;
    transition: background 0.1s;
  }
  input:checked {
    border-color: var(--gw-accent);
    background: var(--gw-accent);
  }
  input[type="checkbox"]:not([role])::after {
    content: "";
    width: 6px;
    height: 11px;
    margin-top: -3px;
    border: solid #ffffff;
    border-width: 0 2.5px 2.5px 0;
    rotate: 45deg;
    opacity: 0;
  }
  input:checked::after {
    opacity: 1 !important;
  }
  input[type="radio"] {
    border-radius: 50%;
  }
  input[type="radio"]:checked {
    background: var(--gw-surface);
  }
  input[type="radio"]::after {
    content: "";
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--gw-accent);
    opacity: 0;
  }
  input:disabled {
    border-color: var(--gw-line);
    background: var(--gw-raised);
  }
  label:has(input:disabled) {
    color: #66736f;
    cursor: not-allowed;
  }
  .complaint {
    color: var(--gw-bad);
    font-size: 0.85rem;
  }
  .complaint:empty {
    display: none;
  }
`;

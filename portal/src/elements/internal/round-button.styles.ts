import { css } from "lit";

export const roundButtonStyles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
  }
  button {
    position: relative;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--gw-quiet);
    font: inherit;
    cursor: pointer;
    overflow: hidden;
    transition: background 0.12s;
  }
  button:hover {
    background: var(--gw-raised);
    color: var(--gw-text);
  }
  button::after {
    content: "";
    position: absolute;
    inset: 0;
    border-radius: 50%;
    background: currentColor;
    opacity: 0;
    transition: opacity 0.4s;
  }
  button:active::after {
    opacity: 0.2;
    transition: none;
  }
  button:disabled {
    background: none;
    color: #6c7976;
    opacity: 0.6;
    cursor: not-allowed;
  }
  .icon {
    width: 24px;
    height: 24px;
    object-fit: contain;
  }
`;

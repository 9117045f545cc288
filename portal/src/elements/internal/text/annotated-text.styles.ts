import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    color: var(--gw-text);
  }
  .body {
    position: relative;
    padding: 16px 24px 32px;
    line-height: 2;
    cursor: text;
    outline-offset: -3px;
  }
  .block {
    min-height: 2em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 4;
    content-visibility: auto;
    contain-intrinsic-size: auto 4em;
  }
  .mark {
    padding: 2px 0 4px;
    border-radius: 3px;
    background-color: color-mix(in srgb, var(--mark) 16%, transparent);
    background-image: var(--lines);
    background-repeat: no-repeat;
    background-position: var(--places);
    background-size: 100% 2px;
    cursor: pointer;
    box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
  }
  .mark.current {
    background-color: color-mix(in srgb, var(--mark) 38%, transparent);
  }
  .tag {
    display: inline-flex;
    align-items: center;
    margin: 0 2px;
    padding-left: 6px;
    border-radius: 4px;
    background: var(--mark);
    color: #ffffff;
    font: 600 0.72rem/1.7 system-ui, sans-serif;
    vertical-align: 1px;
    white-space: nowrap;
    user-select: none;
    -webkit-user-select: none;
    cursor: pointer;
  }
  .tag.current {
    outline: 2px solid var(--gw-text);
    outline-offset: 1px;
  }
  .tag button {
    margin-left: 2px;
    padding: 0 6px 0 4px;
    border: 0;
    border-radius: 0 4px 4px 0;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.95rem;
    line-height: 1.3;
    cursor: pointer;
  }
  .tag button:hover {
    background: rgb(0 0 0 / 30%);
  }
  .caret {
    position: absolute;
    top: 0;
    left: -1px;
    width: 2px;
    background: var(--gw-focus);
    pointer-events: none;
    animation: blink 1.1s steps(1) infinite;
  }
  .body:not(:focus) .caret {
    visibility: hidden;
  }
  @keyframes blink {
    50% {
      opacity: 0;
    }
  }
`;

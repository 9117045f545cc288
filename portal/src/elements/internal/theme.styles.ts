import { css } from "lit";

/** Colours, shapes and rules every crowd element shares. */
export const theme = css`
  :host {
    --gw-surface: #ffffff;
    --gw-raised: #f1f5f4;
    --gw-line: #d3dbd8;
    --gw-control-line: #7d8b87;
    --gw-text: #1b2524;
    --gw-quiet: #51605d;
    --gw-accent: #1f5f5b;
    --gw-accent-strong: #174a47;
    --gw-tint: #e3efed;
    --gw-good: #20683a;
    --gw-good-tint: #e5f3e9;
    --gw-warn: #6b4a05;
    --gw-warn-tint: #fdf1d6;
    --gw-bad: #a32b1d;
    --gw-bad-tint: #fce8e5;
    --gw-focus: #0b6bcb;
    --gw-radius: 8px;
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--gw-focus);
    outline-offset: 2px;
  }
  .icon {
    width: 1.25em;
    height: 1.25em;
    fill: currentColor;
    flex: none;
    display: block;
  }
  .unreadable {
    padding: 10px 14px;
    border: 1px solid var(--gw-bad);
    border-radius: var(--gw-radius);
    background: var(--gw-bad-tint);
    color: var(--gw-bad);
    overflow-wrap: anywhere;
  }
  .away {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

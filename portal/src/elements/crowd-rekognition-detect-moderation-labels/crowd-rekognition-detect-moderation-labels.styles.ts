import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    .work {
      overflow: hidden;
    }
    small {
      display: block;
      color: var(--gw-quiet);
      font-size: 0.82rem;
      font-weight: 400;
    }
    .off {
      color: var(--gw-quiet);
      background: var(--gw-raised);
      cursor: default;
    }
    .exclusion {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      width: 100%;
      min-height: 46px;
      margin-top: 8px;
      padding: 8px 12px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      background: var(--gw-surface);
      color: inherit;
      font: inherit;
      font-weight: 600;
      text-align: left;
      overflow-wrap: anywhere;
      cursor: pointer;
    }
    .exclusion[aria-pressed="true"] {
      border-color: var(--gw-accent);
      background: var(--gw-accent);
      color: #ffffff;
    }
  `,
];

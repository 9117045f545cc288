import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    .work {
      overflow: hidden;
    }
    .label-pane-content {
      width: 340px;
    }
    .card {
      margin-bottom: 10px;
      padding: 10px 14px;
      border: 1px solid var(--gw-line);
      border-radius: var(--gw-radius);
    }
    .card.current {
      border-color: #a34a00;
      box-shadow: inset 0 0 0 1px #a34a00;
    }
    .card h2 {
      margin: 0;
      font-size: 0.95rem;
      overflow-wrap: anywhere;
    }
    .text {
      margin: 2px 0 6px;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    .valid,
    .wrong {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 18px;
    }
    .wrong {
      flex-direction: column;
      margin: 6px 0;
      padding: 6px 0 0 10px;
      border-left: 3px solid var(--gw-line);
    }
    .valid label,
    .wrong label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 32px;
      cursor: pointer;
    }
    [type="radio"] {
      width: 18px;
      height: 18px;
      margin: 0;
      accent-color: var(--gw-accent);
    }
    .field {
      display: block;
      font-size: 0.88rem;
      font-weight: 600;
    }
    [type="text"] {
      width: 100%;
      margin: 2px 0;
      padding: 7px 10px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      color: inherit;
      background: var(--gw-surface);
      font: inherit;
      font-size: 1rem;
      font-weight: 400;
    }
    .missing {
      color: var(--gw-quiet);
    }
    .all {
      min-height: 38px;
      padding: 4px 14px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      background: var(--gw-surface);
      color: var(--gw-accent);
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    .all:hover {
      background: var(--gw-tint);
    }
    @media (max-width: 1000px) {
      .label-pane-content {
        width: auto;
      }
    }
  `,
];

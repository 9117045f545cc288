import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    groundwork-text {
      flex: 1;
      max-width: 78ch;
    }
    .attach {
      position: sticky;
      bottom: 0;
      padding: 10px 24px;
      border-top: 1px solid var(--gw-line);
      background: var(--gw-surface);
    }
    .label-pane-content {
      width: min(420px, 45%);
    }
    .add,
    .round,
    .chip {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-height: 38px;
      padding: 4px 14px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      background: var(--gw-surface);
      color: var(--gw-accent);
      font: inherit;
      font-size: 0.92rem;
      font-weight: 600;
      cursor: pointer;
    }
    .add:hover:enabled,
    .round:hover,
    .chip:hover {
      background: var(--gw-tint);
    }
    .add:disabled {
      color: var(--gw-quiet);
      border-color: var(--gw-line);
      cursor: default;
    }
    .round {
      padding: 0 8px;
      border: 0;
      color: var(--gw-quiet);
    }
    .card {
      margin-bottom: 14px;
      padding: 4px 14px 14px;
      border: 1px solid var(--gw-line);
      border-radius: var(--gw-radius);
    }
    .card.current {
      border-color: var(--gw-accent);
      box-shadow: inset 0 0 0 1px var(--gw-accent);
    }
    .card-bar {
      display: flex;
      align-items: center;
      min-height: 42px;
    }
    .card h2 {
      flex: 1;
      margin: 0;
      font-size: 1rem;
    }
    .field span {
      display: flex;
      justify-content: space-between;
      font-size: 0.88rem;
      font-weight: 600;
    }
    small {
      color: var(--gw-quiet);
      font-size: 0.82rem;
      font-weight: 400;
    }
    textarea,
    input {
      width: 100%;
      margin: 2px 0 8px;
      padding: 7px 10px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      color: inherit;
      background: var(--gw-surface);
      font: inherit;
      resize: vertical;
    }
    .tags {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      align-items: center;
      margin-top: 6px;
    }
    .tags input {
      flex: 1 1 170px;
      width: auto;
      margin: 0;
    }
    .chip {
      min-height: 32px;
      padding: 2px 12px;
      border-radius: 16px;
      color: inherit;
      font-weight: 400;
    }
    .chip[aria-pressed="true"] {
      border-color: var(--gw-accent);
      background: var(--gw-accent);
      color: #ffffff;
    }
    .chip.reference {
      max-width: 100%;
      background: var(--gw-tint);
      cursor: default;
      overflow-wrap: anywhere;
    }
    .reference button {
      padding: 0 4px;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      font-size: 1.1rem;
      cursor: pointer;
    }
    @media (max-width: 1000px) {
      .label-pane-content {
        width: auto;
      }
    }
  `,
];

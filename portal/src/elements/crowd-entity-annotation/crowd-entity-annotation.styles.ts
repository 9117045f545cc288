import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    form {
      display: flex;
      flex-direction: column;
      min-height: var(--gw-fill, 560px);
      padding: 0;
    }
    form > * {
      flex: none;
    }
    form > .app {
      flex: 1 1 0;
    }
    .groundwork-submit {
      order: 1;
      justify-content: flex-end;
      margin: 0;
      padding: 10px 16px;
      border-top: 1px solid var(--gw-line);
      background: var(--gw-surface);
      position: sticky;
      bottom: 0;
      z-index: 2;
    }
    .within .groundwork-submit {
      display: none;
    }
    .desk {
      flex-basis: 240px;
    }
    .annotation-area {
      overflow: auto;
    }
    .sheet {
      position: relative;
      flex: 1 0 auto;
      display: flex;
      flex-direction: column;
    }
    groundwork-text {
      flex: 1;
      max-width: 78ch;
      font-size: 1.06rem;
    }
    .label-pane-content {
      display: flex;
      flex-direction: column;
      padding: 8px 12px 0;
      overflow: hidden;
    }
    .label-pane-content > * {
      flex: none;
    }
    .pane-bar {
      display: flex;
      align-items: center;
    }
    .list-title {
      margin: 6px 4px;
    }
    .pane-bar .list-title {
      flex: 1;
    }
    .labels {
      max-height: 45%;
      overflow: auto;
    }
    .label-row,
    .spans li {
      display: flex;
      align-items: center;
      gap: 2px;
    }
    .label-button {
      flex: 1;
      min-width: 0;
      min-height: 40px;
      margin: 2px;
      padding: 4px 10px;
      gap: 10px;
      color: inherit;
      font: inherit;
      text-align: left;
    }
    .swatch {
      flex: none;
      width: 14px;
      height: 14px;
      border-radius: 4px;
      background: var(--mark);
    }
    .count {
      color: var(--gw-quiet);
      font-size: 0.85rem;
      font-weight: 400;
    }
    .tool {
      display: grid;
      place-items: center;
      flex: none;
      width: 36px;
      height: 36px;
      padding: 0;
      border: 0;
      border-radius: 50%;
      background: none;
      color: var(--gw-quiet);
      cursor: pointer;
    }
    .tool:hover:enabled {
      background: var(--gw-raised);
      color: var(--gw-text);
    }
    .tool:disabled {
      opacity: 0.35;
      cursor: default;
    }
    .tool[aria-pressed="true"] {
      color: var(--gw-bad);
    }
    .label-pane-content > .spans {
      flex: 1 1 0;
      min-height: 120px;
      margin: 0;
      padding: 0 0 12px;
      list-style: none;
      overflow: auto;
    }
    .spans li {
      height: 40px;
      border-radius: var(--gw-radius);
      content-visibility: auto;
    }
    .spans li:hover {
      background: var(--gw-raised);
    }
    .spans li.chosen {
      background: var(--gw-tint);
    }
    .span-row {
      flex: 1;
      min-width: 0;
      display: flex;
      align-items: center;
      gap: 8px;
      height: 100%;
      padding: 0 6px;
      border: 0;
      border-radius: var(--gw-radius);
      background: none;
      color: inherit;
      font: inherit;
      text-align: left;
      cursor: pointer;
      outline-offset: -3px;
    }
    .quote {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .short {
      flex: none;
      max-width: 50%;
      padding: 0 7px;
      border-radius: 4px;
      background: var(--mark);
      color: #ffffff;
      font-size: 0.75rem;
      font-weight: 600;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .none {
      margin: 0 4px;
      color: var(--gw-quiet);
      font-size: 0.92rem;
    }
    .chooser {
      position: absolute;
      top: 0;
      left: 0;
      z-index: 1;
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      max-width: min(440px, calc(100% - 16px));
      max-height: 260px;
      padding: 8px;
      border: 1px solid var(--gw-line);
      border-radius: 10px;
      background: var(--gw-surface);
      box-shadow: 0 8px 28px rgb(0 0 0 / 20%);
      overflow: auto;
    }
    .option {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-height: 36px;
      padding: 4px 10px;
      border: 1px solid var(--gw-line);
      border-radius: var(--gw-radius);
      background: none;
      color: inherit;
      font: inherit;
      font-size: 0.92rem;
      cursor: pointer;
    }
    .option:hover {
      background: var(--gw-raised);
    }
    .option[aria-pressed="true"] {
      border-color: var(--mark);
      box-shadow: inset 0 0 0 1px var(--mark);
      font-weight: 600;
    }
    .remove {
      color: var(--gw-bad);
    }
    @media (min-width: 900px) {
      form {
        height: var(--gw-fill, auto);
      }
    }
    @media (max-width: 1000px) {
      .label-pane-content > .labels {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        max-height: 200px;
      }
      .label-pane-content > .spans {
        flex: none;
        max-height: 200px;
      }
    }
  `,
];

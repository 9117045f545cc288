import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    section {
      padding: 14px 24px;
      border-bottom: 1px solid var(--gw-line);
    }
    .prompt {
      background: var(--gw-raised);
    }
    .prompt div,
    .said {
      max-width: 78ch;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    section .list-title {
      margin-bottom: 4px;
    }
    .ranks {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      margin-top: 10px;
    }
    .dimension {
      min-width: 110px;
      font-weight: 600;
    }
    .ranks label {
      position: relative;
      display: grid;
    }
    .ranks input {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    .ranks label span {
      display: grid;
      place-items: center;
      min-width: 40px;
      height: 40px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
    }
    .ranks input:hover + span {
      background: var(--gw-raised);
    }
    .ranks input:checked + span {
      border-color: var(--gw-accent);
      background: var(--gw-accent);
      color: #ffffff;
      font-weight: 600;
    }
    .ranks input:focus-visible + span {
      outline: 3px solid var(--gw-focus);
      outline-offset: 2px;
    }
    .label-pane-content h2 {
      margin: 12px 0 0;
      font-size: 1rem;
    }
    .rule {
      margin: 0;
      color: var(--gw-quiet);
      font-size: 0.88rem;
    }
    ol {
      margin: 4px 0;
      padding-left: 24px;
    }
    li {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      list-style-position: inside;
      margin-left: -24px;
    }
  `,
];

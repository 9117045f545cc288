import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    .work {
      overflow: hidden;
    }
    .comment-line {
      margin-top: 12px;
    }
    .quiet.comment {
      padding-inline: 4px;
      text-decoration: underline;
      text-underline-offset: 3px;
      white-space: normal;
      text-align: left;
    }
    .said {
      margin: 6px 4px 0;
      color: var(--gw-quiet);
      font-size: 0.9rem;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    .note {
      margin: 0;
      padding: 8px 16px;
      border-bottom: 1px solid var(--gw-line);
      background: var(--gw-warn-tint);
      color: var(--gw-warn);
      font-size: 0.9rem;
    }
    ::slotted(worker-comment) {
      display: block;
      margin-bottom: 12px;
    }
    textarea {
      width: 100%;
      min-height: 110px;
      padding: 10px 12px;
      border: 1px solid var(--gw-control-line);
      border-radius: var(--gw-radius);
      font: inherit;
      resize: vertical;
    }
    .done {
      min-height: 40px;
      padding: 7px 20px;
      border: 0;
      border-radius: var(--gw-radius);
      background: var(--gw-accent);
      color: #ffffff;
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }
    .done:hover {
      background: var(--gw-accent-strong);
    }
  `,
];

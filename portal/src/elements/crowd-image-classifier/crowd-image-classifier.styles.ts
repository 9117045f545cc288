import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";
import { workerCommentStyles } from "../internal/worker-comment";

export const styles = [
  widgetStyles,
  workerCommentStyles,
  css`
    .work {
      overflow: hidden;
    }
    .note {
      margin: 0;
      padding: 8px 16px;
      border-bottom: 1px solid var(--gw-line);
      background: var(--gw-warn-tint);
      color: var(--gw-warn);
      font-size: 0.9rem;
    }
  `,
];

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
  `,
];

import { css } from "lit";
import { widgetStyles } from "../internal/widget.styles";

export const styles = [
  widgetStyles,
  css`
    .target {
      padding: 20px 24px;
      overflow-wrap: break-word;
    }
    ::slotted(classification-target) {
      font-size: 1.05rem;
    }
  `,
];

import { css } from "lit";
import { classifierStyles } from "../internal/classifier.styles";

export const styles = [
  classifierStyles,
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

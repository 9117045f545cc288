import { css } from "lit";
import { textFieldStyles } from "../internal/text-field.styles";

export const styles = [
  textFieldStyles,
  css`
    #field {
      resize: vertical;
      line-height: 1.5;
    }
    .labeled::before {
      content: "";
      position: absolute;
      inset: 1px 16px auto 1px;
      height: 22px;
      border-radius: var(--gw-radius);
      background: var(--gw-surface);
    }
  `,
];

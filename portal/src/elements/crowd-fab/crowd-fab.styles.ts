import { css } from "lit";
import { roundButtonStyles } from "../internal/round-button.styles";

export const styles = [
  roundButtonStyles,
  css`
    button {
      width: 56px;
      height: 56px;
      background: var(--gw-accent);
      color: #ffffff;
      box-shadow: 0 4px 12px rgb(0 0 0 / 26%);
      font-size: 1.3rem;
      font-weight: 600;
    }
    button:hover {
      background: var(--gw-accent-strong);
      color: #ffffff;
    }
    button:disabled {
      background: var(--gw-line);
      color: var(--gw-quiet);
      opacity: 1;
      box-shadow: none;
    }
  `,
];

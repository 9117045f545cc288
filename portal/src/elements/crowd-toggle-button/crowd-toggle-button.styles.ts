import { css } from "lit";
import { toggleStyles } from "../internal/toggle.styles";

export const styles = [
  toggleStyles,
  css`
    :host {
      display: inline-block;
    }
    input {
      place-items: center start;
      width: 42px;
      height: 24px;
      padding: 2px;
      border-radius: 12px;
      background: #6f7d79;
      border-color: #6f7d79;
    }
    input::after {
      content: "";
      width: 16px;
      height: 16px;
      border-radius: 50%;
      background: #ffffff;
      transition: translate 0.12s;
    }
    input:checked::after {
      translate: 18px 0;
    }
    .invalid input:not(:checked) {
      background: var(--crowd-toggle-button-invalid-color, var(--gw-bad));
      border-color: var(--crowd-toggle-button-invalid-color, var(--gw-bad));
    }
    input:disabled {
      background: var(--gw-line);
      border-color: var(--gw-line);
    }
  `,
];

import { css, type CSSResultGroup } from "lit";
import { maskStyles } from "../internal/mask/mask-widget.styles";

export const styles: CSSResultGroup = [
  maskStyles,
  css`
    .labels .swatch {
      display: none;
    }
    .instances {
      margin-top: 14px;
    }
    .instance {
      display: flex;
      align-items: center;
      margin-bottom: 4px;
      border: 1px solid transparent;
      border-radius: var(--gw-radius);
    }
    .instance.selected {
      border-color: var(--gw-accent);
      background: var(--gw-tint);
    }
    .instance button {
      display: flex;
      align-items: center;
      gap: 10px;
      min-width: 36px;
      min-height: 36px;
      padding: 4px 8px;
      border: 0;
      border-radius: var(--gw-radius);
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
    }
    .instance button:hover {
      background: var(--gw-raised);
    }
    .instance .pick {
      flex: 1;
      min-width: 0;
      text-align: left;
    }
    .instance.selected .pick {
      font-weight: 600;
    }
  `,
];

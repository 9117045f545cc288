import { css, type CSSResultGroup } from "lit";
import { shapeListStyles } from "../internal/annotation/shape-list.styles";
import { maskStyles } from "../internal/mask/mask-widget.styles";

export const styles: CSSResultGroup = [
  maskStyles,
  shapeListStyles,
  css`
    .labels .swatch {
      display: none;
    }
  `,
];

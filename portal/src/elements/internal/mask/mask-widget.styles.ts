import { css, type CSSResultGroup } from "lit";
import { imageToolStyles } from "../annotation/image-tool.styles";

const mask = css`
  .sheet canvas.mask {
    opacity: var(--gw-opacity);
  }
  .sheet.square canvas.mask {
    image-rendering: pixelated;
  }
  .sheet canvas.lines {
    opacity: 0.55;
    mix-blend-mode: difference;
  }
  .sheet canvas[hidden] {
    display: none;
  }
  .overlay path,
  .overlay circle {
    vector-effect: non-scaling-stroke;
    stroke-linejoin: round;
  }
  .overlay .brush {
    fill-opacity: 0.2;
    stroke: #ffffff;
    stroke-width: 1.5px;
    paint-order: stroke;
    filter: drop-shadow(0 0 1px #000000);
  }
  .overlay .area {
    fill-opacity: 0.35;
  }
  .overlay .region {
    fill-opacity: 0.7;
  }
  .overlay .halo {
    fill: none;
    stroke: #ffffff;
    stroke-width: 4px;
  }
  .overlay .line {
    fill: none;
    stroke: #1b2524;
    stroke-width: 1.5px;
  }
  .overlay .dots {
    fill: none;
    stroke: #1b2524;
    stroke-width: 7px;
    stroke-linecap: round;
  }
  .trouble {
    position: absolute;
    inset: 0 0 auto;
    border-radius: var(--gw-radius);
    background: var(--gw-bad-tint);
  }
`;

/** Looks of the widgets that ask for a mask. */
export const maskStyles: CSSResultGroup = [imageToolStyles, mask];

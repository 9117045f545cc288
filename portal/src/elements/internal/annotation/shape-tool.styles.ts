import { css } from "lit";

export const shapeToolStyles = css`
  .world path {
    fill: none;
    stroke-linecap: round;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .world .halo {
    stroke: rgb(255 255 255 / 90%);
    stroke-width: 5px;
  }
  .world .line {
    stroke: currentcolor;
    stroke-width: 2.5px;
  }
  .world.filled .shape .line {
    fill: currentcolor;
    fill-opacity: var(--gw-opacity);
  }
  .world:not(.filled) .shape {
    opacity: var(--gw-opacity);
  }
  .world.dots .halo {
    stroke: #ffffff;
    stroke-width: 14px;
  }
  .world.dots .line {
    stroke-width: 10px;
  }
  .shape {
    outline: none;
  }
  .shape.selected .halo {
    stroke: #111111;
    stroke-width: 8px;
  }
  .world .shape.selected .line {
    stroke-width: 4px;
  }
  .world.dots .shape.selected .line {
    stroke-width: 12px;
  }
  .world.dots .shape.selected .halo {
    stroke: #111111;
    stroke-width: 18px;
  }
  .shape:focus-visible .halo {
    stroke: #111111;
    stroke-width: 10px;
  }
  .world.dots .shape:focus-visible .halo {
    stroke: #111111;
    stroke-width: 20px;
  }
  .world .handle-rim {
    stroke: #1b2524;
    stroke-width: 12px;
  }
  .world .handle {
    stroke: #ffffff;
    stroke-width: 8px;
  }
  .world .handle.spare {
    stroke: #ffffff;
    stroke-width: 5px;
  }
  .world .handle.active {
    stroke: #ffd21f;
    stroke-width: 10px;
  }
  .cross {
    position: absolute;
    top: 0;
    left: 0;
    background: rgb(255 255 255 / 90%);
    box-shadow: 0 0 0 0.5px rgb(0 0 0 / 70%);
    pointer-events: none;
    opacity: 0.75;
  }
  .cross.across {
    width: 100%;
    height: 1px;
  }
  .cross.down {
    width: 1px;
    height: 100%;
  }
  .cross[hidden] {
    display: none;
  }
  .nothing {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 40px;
    padding: 0 10px;
    cursor: pointer;
  }
  .nothing:has(:disabled) {
    color: var(--gw-quiet);
    cursor: default;
  }
  .nothing input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--gw-accent);
  }
`;

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
  .list-head {
    display: flex;
    align-items: center;
    gap: 2px;
    margin-top: 14px;
  }
  .list-head .list-title {
    flex: 1;
    margin: 0;
  }
  .shape-list ol {
    max-height: 38dvh;
    margin: 4px 0 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  .shape-list li {
    display: flex;
    align-items: center;
    border-radius: var(--gw-radius);
    content-visibility: auto;
    contain-intrinsic-size: auto 36px;
  }
  .shape-list li:hover {
    background: var(--gw-raised);
  }
  .shape-list li.selected {
    background: var(--gw-tint);
    font-weight: 600;
  }
  .shape-list .pick {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 4px 8px 4px 10px;
    border: 0;
    border-radius: var(--gw-radius);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 0.92rem;
    text-align: left;
    outline-offset: -3px;
    cursor: pointer;
  }
  .shape-list .small {
    flex: none;
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--gw-quiet);
    outline-offset: -3px;
    cursor: pointer;
  }
  .shape-list .small:hover {
    background: var(--gw-line);
    color: var(--gw-text);
  }
  .shape-list .swatch {
    width: 12px;
    height: 12px;
  }
`;

import { css } from "lit";

/** Looks of the stage and its status line. */
export const stageStyles = css`
  .stage {
    position: relative;
    display: grid;
    flex: 1;
    min-height: 320px;
    contain: strict;
    overflow: hidden;
    background: #e6ebe9;
    outline-offset: -3px;
    touch-action: none;
    user-select: none;
    cursor: crosshair;
  }
  .stage:focus-visible {
    outline: none;
  }
  .stage:focus-visible::after {
    content: "";
    position: absolute;
    inset: 0;
    border: 3px solid var(--gw-focus);
    pointer-events: none;
  }
  .stage.move {
    cursor: move;
  }
  .stage.pick {
    cursor: pointer;
  }
  .stage.pan {
    cursor: grab;
  }
  .stage.held {
    cursor: grabbing;
  }
  .sheet {
    position: absolute;
    top: 0;
    left: 0;
    width: max-content;
    line-height: 0;
    transform-origin: 0 0;
    visibility: hidden;
  }
  .stage.there .sheet {
    visibility: visible;
  }
  .sheet img {
    display: block;
    image-orientation: none;
    pointer-events: none;
    filter: var(--gw-adjust, none);
  }
  .sheet.square img {
    image-rendering: pixelated;
  }
  .sheet canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .overlay {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
    pointer-events: none;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 5px 14px;
    border-top: 1px solid var(--gw-line);
    color: var(--gw-quiet);
    font-size: 0.88rem;
    line-height: 1.35;
  }
  .status.bad {
    background: var(--gw-warn-tint);
    color: var(--gw-warn);
    font-weight: 600;
  }
`;

import { css } from "lit";

export const stageStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--gw-line);
    font-size: 0.9rem;
  }
  .bar button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: 36px;
    height: 36px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--gw-radius);
    background: none;
    color: var(--gw-text);
    font: inherit;
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }
  .bar button:hover:enabled {
    background: var(--gw-raised);
  }
  .bar button:disabled {
    color: #a3aeab;
    cursor: default;
  }
  .bar button[aria-pressed="true"] {
    background: var(--gw-tint);
    color: var(--gw-accent);
  }
  .gap {
    width: 1px;
    height: 22px;
    margin: 0 6px;
    background: var(--gw-line);
  }
  .percent {
    min-width: 52px;
    padding: 0 4px;
    color: var(--gw-quiet);
    font-variant-numeric: tabular-nums;
  }
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
    contain: strict;
    overflow: hidden;
    background: #e6ebe9;
    outline-offset: -3px;
    touch-action: none;
    user-select: none;
    cursor: crosshair;
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
  .failed {
    margin: 48px auto;
    padding: 24px;
    max-width: 420px;
    text-align: center;
  }
  .failed .icon {
    width: 40px;
    height: 40px;
    margin: 0 auto 8px;
    color: var(--gw-bad);
  }
  .failed p {
    margin: 0 0 12px;
  }
  .failed button {
    min-height: 40px;
    padding: 7px 18px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    color: inherit;
    font: inherit;
    font-weight: 600;
    cursor: pointer;
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

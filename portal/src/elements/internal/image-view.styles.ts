import { css } from "lit";

export const styles = css`
  :host {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    position: relative;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--gw-line);
    font-size: 0.9rem;
  }
  .bar button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: 36px;
    height: 36px;
    padding: 0 8px;
    border: 0;
    border-radius: var(--gw-radius);
    background: none;
    color: var(--gw-text);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .bar button:hover {
    background: var(--gw-raised);
  }
  .percent {
    min-width: 48px;
    color: var(--gw-quiet);
    font-variant-numeric: tabular-nums;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 14px;
    margin-left: auto;
  }
  .key,
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .key svg {
    width: 12px;
    height: 12px;
  }
  .stage {
    flex: 1;
    min-height: 0;
    /* The image takes the room there is: were the room to follow the image, it could never shrink again. */
    contain: size;
    display: grid;
    overflow: auto;
    background: #e6ebe9;
    outline-offset: -3px;
    cursor: grab;
  }
  .stage.fit {
    cursor: default;
  }
  .stage.held {
    cursor: grabbing;
  }
  .sheet {
    position: relative;
    margin: auto;
    line-height: 0;
  }
  img {
    display: block;
    height: auto;
    image-orientation: none;
    user-select: none;
  }
  svg.drawing {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .failed {
    margin: auto;
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
`;

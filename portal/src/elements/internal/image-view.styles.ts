import { css } from "lit";
import { barStyles } from "./bar.styles";
import { failureStyles } from "./image-source.styles";

const view = css`
  :host {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    position: relative;
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
  .layer {
    position: absolute;
    inset: 0;
    opacity: 0.6;
    pointer-events: none;
  }
  .layer > * {
    display: block;
    width: 100%;
    height: 100%;
    image-rendering: pixelated;
  }
  svg.drawing {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
`;

export const styles = [barStyles, failureStyles, view];

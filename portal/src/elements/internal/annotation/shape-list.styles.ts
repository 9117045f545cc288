import { css } from "lit";

/** Looks of a list of what was drawn, one a row. */
export const shapeListStyles = css`
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

import { css } from "lit";
import { dialogStyles } from "./dialog";
import { paneStyles } from "./regions";

const frame = css`
  :host {
    display: flex;
    flex-direction: column;
    color: var(--gw-text);
    background: var(--gw-surface);
  }
  .app {
    flex: 1;
    min-height: 0;
    display: flex;
  }
  .annotation-area {
    flex: 1;
    min-width: 0;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  .headerContainer {
    display: flex;
    align-items: center;
    gap: 16px;
    padding: 12px 16px 12px 24px;
    border-bottom: 1px solid var(--gw-line);
  }
  h1 {
    flex: 1;
    min-width: 0;
    margin: 0;
    font-size: 1.25rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .headerButtonsContainer {
    display: flex;
    gap: 4px;
  }
  .quiet {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    padding: 4px 10px;
    border: 0;
    border-radius: var(--gw-radius);
    background: none;
    color: var(--gw-accent);
    font: inherit;
    font-size: 0.92rem;
    font-weight: 600;
    white-space: nowrap;
    cursor: pointer;
  }
  .quiet:hover:enabled {
    background: var(--gw-tint);
  }
  .quiet:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .desk {
    flex: 1;
    min-height: 0;
    display: flex;
  }
  .work {
    flex: 1;
    min-width: 0;
    min-height: 0;
    display: flex;
    flex-direction: column;
    overflow: auto;
  }
  .label-pane-content {
    flex: none;
    width: 300px;
    padding: 16px;
    border-left: 1px solid var(--gw-line);
    overflow: auto;
  }
`;

const list = css`
  .list-title {
    margin: 0 0 10px;
    color: var(--gw-quiet);
    font-size: 0.85rem;
    font-weight: 600;
  }
  .label-button {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 46px;
    margin-bottom: 8px;
    padding: 8px 12px;
    border: 1px solid var(--gw-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    cursor: pointer;
    transition: background 0.1s;
  }
  .label-button:hover {
    background: var(--gw-raised);
  }
  .label-button.selected {
    border-color: var(--gw-accent);
    background: var(--gw-tint);
    box-shadow: inset 0 0 0 1px var(--gw-accent);
    font-weight: 600;
  }
  .label-button.ruled-out {
    color: var(--gw-quiet);
    background: var(--gw-raised);
    cursor: default;
  }
  .exclusion {
    margin-top: 16px;
    padding-top: 16px;
    border-top: 1px solid var(--gw-line);
  }
  .label-button:has(input:focus-visible) {
    outline: 3px solid var(--gw-focus);
    outline-offset: 1px;
  }
  .label-button input {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--gw-accent);
    outline: none;
  }
  .label-text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  kbd {
    display: inline-block;
    min-width: 24px;
    padding: 1px 6px;
    border: 1px solid var(--gw-control-line);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--gw-surface);
    color: var(--gw-quiet);
    font: 600 0.78rem/1.5 system-ui, sans-serif;
    text-align: center;
  }
  .complaint {
    color: var(--gw-bad);
    font-weight: 600;
  }
  .shortcuts {
    border-spacing: 0 8px;
  }
  .shortcuts th {
    padding-right: 24px;
    font-weight: 400;
    text-align: left;
    white-space: nowrap;
  }
  @media (max-width: 1000px) {
    .desk {
      flex-direction: column;
    }
    .work {
      min-height: 320px;
    }
    .label-pane-content {
      width: auto;
      border-left: 0;
      border-top: 1px solid var(--gw-line);
    }
    .category-picker-wrapper {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
      gap: 0 10px;
    }
    .list-title,
    .exclusion,
    .complaint {
      grid-column: 1 / -1;
    }
  }
  @media (max-width: 720px) {
    .app {
      flex-direction: column;
    }
    .headerContainer {
      flex-wrap: wrap;
      gap: 4px 16px;
      padding: 10px 16px;
    }
    h1 {
      flex-basis: 100%;
    }
    .headerButtonsContainer {
      margin-left: -10px;
    }
    .category-picker-wrapper {
      grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    }
  }
`;

/** Looks of the annotation widgets. */
export const widgetStyles = [dialogStyles, paneStyles, frame, list];

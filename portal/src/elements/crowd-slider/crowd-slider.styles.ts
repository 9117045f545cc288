import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    max-width: 640px;
    margin: 8px 0;
    color: var(--gw-text);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 14px;
  }
  .rail {
    --knob: 22px;
    position: relative;
    flex: 1;
    padding: 6px 0;
  }
  .pinned {
    padding-top: 34px;
  }
  .track {
    position: relative;
    display: block;
    height: 32px;
  }
  .bar {
    position: absolute;
    top: 13px;
    left: calc(var(--knob) / 2);
    right: calc(var(--knob) / 2);
    height: 6px;
    border-radius: 3px;
    background: #b8c3bf;
    overflow: hidden;
  }
  .bar > span {
    position: absolute;
    inset: 0 auto 0 0;
  }
  .second {
    background: var(--crowd-slider-secondary-color, #6ea59f);
  }
  .first {
    background: var(--gw-accent);
  }
  input[type="range"] {
    appearance: none;
    position: absolute;
    inset: 0;
    width: 100%;
    height: 32px;
    margin: 0;
    background: none;
    cursor: pointer;
    border-radius: 16px;
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 3px solid var(--gw-surface);
    border-radius: 50%;
    background: var(--gw-accent);
    box-shadow: 0 0 0 1px var(--gw-accent);
  }
  input[type="range"]::-moz-range-thumb {
    width: 16px;
    height: 16px;
    border: 3px solid var(--gw-surface);
    border-radius: 50%;
    background: var(--gw-accent);
    box-shadow: 0 0 0 1px var(--gw-accent);
  }
  input:disabled {
    filter: grayscale(1);
    opacity: 0.6;
    cursor: not-allowed;
  }
  .pin {
    position: absolute;
    top: 2px;
    left: calc(var(--knob) / 2 + (100% - var(--knob)) * var(--part));
    min-width: 32px;
    padding: 2px 8px;
    border-radius: 6px;
    background: var(--gw-accent-strong);
    color: #ffffff;
    font-size: 0.85rem;
    text-align: center;
    translate: -50% 0;
    font-variant-numeric: tabular-nums;
    opacity: 0;
    transition: opacity 0.12s;
  }
  .rail:focus-within .pin,
  .rail:hover .pin {
    opacity: 1;
  }
  .ticks {
    position: relative;
    min-height: 26px;
    margin: 0 calc(var(--knob) / 2);
  }
  .ticks.bare {
    display: none;
  }
  ::slotted(crowd-slider-label) {
    position: absolute;
    left: calc(100% * var(--groundwork-part, 0));
    translate: -50% 0;
  }
  input[type="number"] {
    width: 84px;
    min-height: 40px;
    padding: 6px 10px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    color: inherit;
    font: inherit;
  }
  .complaint {
    color: var(--gw-bad);
    font-size: 0.85rem;
  }
`;

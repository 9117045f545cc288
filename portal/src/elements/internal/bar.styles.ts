import { css } from "lit";

/** Looks of a bar of tools above an image. */
export const barStyles = css`
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
`;

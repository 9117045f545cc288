import { css } from "lit";

/** Looks of what stands in the place of an image that did not load. */
export const failureStyles = css`
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

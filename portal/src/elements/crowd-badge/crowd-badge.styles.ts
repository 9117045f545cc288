import { css } from "lit";

export const styles = css`
  :host {
    display: contents;
  }
  .badge {
    position: fixed;
    z-index: 5;
    display: grid;
    place-items: center;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border: 2px solid var(--gw-surface);
    border-radius: 13px;
    background: var(--gw-accent);
    color: #ffffff;
    font-size: 0.72rem;
    font-weight: 700;
    line-height: 1;
    pointer-events: none;
    translate: -50% -50%;
    visibility: hidden;
  }
  .icon {
    width: 14px;
    height: 14px;
  }
`;

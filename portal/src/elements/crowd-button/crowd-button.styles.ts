import { css } from "lit";

export const styles = css`
  :host {
    display: inline-block;
    vertical-align: middle;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 40px;
    padding: 7px 18px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    background: var(--gw-surface);
    color: var(--gw-text);
    font: inherit;
    font-weight: 600;
    line-height: 1.4;
    text-decoration: none;
    cursor: pointer;
    transition: background 0.12s;
  }
  .button:hover {
    background: var(--gw-raised);
  }
  .button.primary {
    border-color: var(--gw-accent);
    background: var(--gw-accent);
    color: #ffffff;
  }
  .button.primary:hover {
    background: var(--gw-accent-strong);
  }
  .button.link {
    border-color: transparent;
    background: none;
    color: var(--gw-accent);
    padding-inline: 8px;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .button.icon-only {
    width: 40px;
    padding: 0;
    border-color: transparent;
    background: none;
    color: var(--gw-quiet);
  }
  .button.icon-only:hover {
    background: var(--gw-raised);
    color: var(--gw-text);
  }
  .button.right {
    flex-direction: row-reverse;
  }
  .button:disabled,
  .button[aria-disabled="true"] {
    border-color: var(--gw-line);
    background: var(--gw-raised);
    color: #6c7976;
    cursor: not-allowed;
  }
  img.icon {
    object-fit: contain;
  }
  .spinner {
    width: 1.1em;
    height: 1.1em;
    border: 2px solid currentColor;
    border-right-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
`;

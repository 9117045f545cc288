import { css } from "lit";

/** Looks that every view shares; colours are variables of page.css. */
export const sharedStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    color: var(--text);
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  h2 {
    font-size: 1.125rem;
    line-height: 1.3;
  }
  button {
    font: inherit;
    font-weight: 550;
    min-height: 2.5rem;
    padding: 0.4rem 0.9rem;
    border: 1px solid var(--control-line);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: var(--raised);
  }
  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
  }
  button.plain {
    border-color: transparent;
    background: none;
    color: var(--accent);
  }
  button.plain:hover:not(:disabled) {
    background: var(--raised);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  a {
    color: var(--accent);
  }
  .quiet {
    color: var(--quiet);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
  }
  .notice {
    padding: 0.6rem 0.9rem;
    border: 1px solid transparent;
    border-left: 4px solid var(--accent);
    border-radius: 6px;
    background: var(--info);
  }
  .notice.warning {
    border-left-color: var(--warn-line);
    background: var(--warn);
    color: var(--warn-text);
  }
  .notice.error {
    border-left-color: var(--bad-line);
    background: var(--bad);
    color: var(--bad-text);
  }
  dialog {
    width: min(34rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 12px 40px rgb(0 0 0 / 25%);
  }
  dialog::backdrop {
    background: rgb(10 20 20 / 45%);
  }
  kbd {
    display: inline-block;
    min-width: 1.6rem;
    padding: 0 0.4rem;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--raised);
    font: inherit;
    font-size: 0.85em;
    text-align: center;
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Looks of the forms around signing in. */
export const formStyles = css`
  form,
  .stack {
    display: grid;
    gap: 1rem;
  }
  .field {
    display: grid;
    gap: 0.3rem;
  }
  label {
    font-weight: 550;
  }
  label.choice {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-weight: 400;
  }
  input[type="checkbox"] {
    width: 1.1rem;
    height: 1.1rem;
    accent-color: var(--accent);
  }
  input:not([type="checkbox"]),
  textarea {
    width: 100%;
    min-height: 2.6rem;
    padding: 0.4rem 0.7rem;
    border: 1px solid var(--control-line);
    border-radius: 8px;
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  ul.rules {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
    gap: 0.15rem 1rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.9rem;
    color: var(--quiet);
  }
  ul.rules li::before {
    content: "○ ";
  }
  ul.rules li.kept {
    color: var(--accent);
  }
  ul.rules li.kept::before {
    content: "✓ ";
  }
`;

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    margin: 12px 0;
    border: 1px solid var(--gw-line);
    border-radius: 12px;
    background: var(--gw-surface);
    color: var(--gw-text);
    box-shadow: 0 2px 8px rgb(20 40 38 / 8%);
    overflow: clip;
  }
  .picture {
    position: relative;
    background: var(--gw-raised);
  }
  img {
    display: block;
    width: 100%;
    max-height: 320px;
    object-fit: cover;
  }
  h3 {
    margin: 0;
    padding: 16px 20px 0;
    font-size: 1.1rem;
    line-height: 1.3;
  }
  .body {
    padding: 12px 20px 18px;
  }
`;

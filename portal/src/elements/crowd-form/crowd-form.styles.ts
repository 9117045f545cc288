import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    position: relative;
    color: var(--gw-text);
  }
  .layout.with-pane {
    display: flex;
    align-items: stretch;
    min-height: 100dvh;
  }
  .main {
    flex: 1;
    min-width: 0;
  }
  .notice {
    position: sticky;
    bottom: 0;
    z-index: 3;
  }
  .notice > div {
    display: flex;
    gap: 10px;
    align-items: center;
    padding: 12px 20px;
    border-top: 2px solid var(--gw-bad);
    background: var(--gw-bad-tint);
    color: var(--gw-bad);
    font-weight: 600;
  }
  #answers-box {
    margin: 16px 24px 24px;
    padding: 14px 18px;
    border: 1px solid var(--gw-line);
    border-radius: var(--gw-radius);
    background: var(--gw-raised);
    font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  @media (max-width: 720px) {
    .layout.with-pane {
      flex-direction: column;
      min-height: 0;
    }
  }
`;

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
  }
  [role="tabpanel"] {
    padding: 16px 4px;
  }
  [role="tabpanel"][hidden] {
    display: none;
  }
`;

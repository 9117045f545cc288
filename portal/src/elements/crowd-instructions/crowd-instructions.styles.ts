import { css } from "lit";
import { styles as tabsStyles } from "../crowd-tabs/crowd-tabs.styles";
import { dialogStyles } from "../internal/dialog";
import { openerStyles } from "../internal/opener.styles";

export const styles = [
  dialogStyles,
  tabsStyles,
  openerStyles,
  css`
    [role="tabpanel"] {
      padding: 16px 4px;
    }
    .examples {
      padding: 12px 16px;
      border: 1px solid var(--tone);
      border-left-width: 5px;
      border-radius: var(--gw-radius);
    }
    .examples + .examples {
      margin-top: 16px;
    }
    .examples h3 {
      display: flex;
      align-items: center;
      gap: 8px;
      margin: 0 0 8px;
      color: var(--tone);
      font-size: 1rem;
    }
    .good {
      --tone: var(--gw-good);
    }
    .bad {
      --tone: var(--gw-bad);
    }
    ::slotted(*) {
      display: block;
    }
    ::slotted(positive-example:not(:first-of-type)),
    ::slotted(negative-example:not(:first-of-type)) {
      margin-top: 12px;
      padding-top: 12px;
      border-top: 1px solid var(--gw-line);
    }
  `,
];

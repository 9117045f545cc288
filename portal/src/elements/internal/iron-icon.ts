import { css } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define } from "./element";
import { iconTemplate } from "./icons";

/** An icon of the iron-icons set, which may stand inside a crowd-button. */
export class IronIcon extends CrowdElement {
  static override styles = css`
    :host {
      display: inline-block;
      vertical-align: middle;
    }
  `;

  @property() icon = "";

  protected override content(): unknown {
    return iconTemplate(this.icon);
  }
}

define("iron-icon", IronIcon);

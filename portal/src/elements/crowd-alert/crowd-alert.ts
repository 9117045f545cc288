import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define, presence } from "../internal/element";
import { iconTemplate } from "../internal/icons";
import { styles } from "./crowd-alert.styles";

const ICONS: Readonly<Record<string, string>> = {
  info: "info-outline",
  success: "check-circle",
  warning: "warning",
  error: "error-outline",
};

/** A banner. */
export class CrowdAlert extends CrowdElement {
  static override styles = styles;

  @property({ converter: presence }) dismissible = false;
  /** `info`, `success`, `warning` or `error`. */
  @property() type = "info";

  protected override content(): unknown {
    const type = Object.hasOwn(ICONS, this.type) ? this.type : "info";
    const role = type === "error" || type === "warning" ? "alert" : "status";
    return html`<div class="alert ${type}" role=${role}>
      ${iconTemplate(ICONS[type] ?? "")}
      <div class="text"><slot></slot></div>
      ${this.dismissible
        ? html`<button type="button" aria-label="Dismiss" @click=${this.dismiss}>${iconTemplate("close")}</button>`
        : null}
    </div>`;
  }

  private dismiss(): void {
    this.hidden = true;
    this.dispatchEvent(new Event("dismiss", { bubbles: true }));
  }
}

define("crowd-alert", CrowdAlert);

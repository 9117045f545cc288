import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define, flag } from "../internal/element";
import { iconTemplate, iconWords } from "../internal/icons";
import { styles } from "./crowd-icon-button.styles";

/** A round button that shows an icon. */
export class CrowdIconButton extends CrowdElement {
  static override styles = styles;
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property({ converter: flag, reflect: true }) disabled = false;
  /** Name of an icon or address of an image. */
  @property() icon = "";

  protected override content(): unknown {
    const name = this.getAttribute("aria-label") || this.title || iconWords(this.icon) || "button";
    return html`<button type="button" ?disabled=${this.disabled} aria-label=${name}>${iconTemplate(this.icon)}</button
      ><slot></slot>`;
  }
}

define("crowd-icon-button", CrowdIconButton);

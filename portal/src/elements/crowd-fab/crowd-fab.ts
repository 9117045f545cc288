import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define, flag } from "../internal/element";
import { iconTemplate, iconWords } from "../internal/icons";
import { styles } from "./crowd-fab.styles";

/** A floating round button with an icon or one character. */
export class CrowdFab extends CrowdElement {
  static override styles = styles;
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property({ converter: flag, reflect: true }) disabled = false;
  /** Name of an icon or address of an image. */
  @property() icon = "";
  /** One character; more shows an ellipsis. */
  @property() label = "";

  protected override content(): unknown {
    const characters = [...this.label];
    const shown = this.icon ? iconTemplate(this.icon) : characters.length > 1 ? "…" : this.label;
    const name = this.getAttribute("aria-label") || this.title || this.label || iconWords(this.icon) || "button";
    return html`<button type="button" ?disabled=${this.disabled} aria-label=${name}>${shown}</button><slot></slot>`;
  }
}

define("crowd-fab", CrowdFab);

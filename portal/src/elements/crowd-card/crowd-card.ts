import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, define } from "../internal/element";
import { reportFailure } from "../internal/failed-resource";
import { styles } from "./crowd-card.styles";

/** A raised box with an optional heading and picture over its content. */
export class CrowdCard extends CrowdElement {
  static override styles = styles;

  @property() heading = "";
  /** Address of the picture. */
  @property() image = "";

  protected override content(): unknown {
    return html`
      ${this.image
        ? html`<div class="picture"><img src=${this.image} alt=${this.heading} @error=${this.onFailure} /></div>`
        : null}
      ${this.heading ? html`<h3>${this.heading}</h3>` : null}
      <div class="body"><slot></slot></div>
    `;
  }

  private onFailure(): void {
    reportFailure(this, this.image, (fresh) => {
      this.image = fresh;
    });
  }
}

define("crowd-card", CrowdCard);

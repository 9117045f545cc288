import { html } from "lit";
import { property, query } from "lit/decorators.js";
import { dialogTemplate, openDialog } from "../internal/dialog";
import { CrowdElement, define } from "../internal/element";
import { styles } from "./crowd-modal.styles";

/** A link or button that opens its children in a dialog; controls among them belong to the form. */
export class CrowdModal extends CrowdElement {
  static override styles = styles;

  @property({ attribute: "link-text" }) linkText = "Click to open modal";
  /** `link` or `button`. */
  @property({ attribute: "link-type" }) linkType = "link";

  @query("dialog") private dialog!: HTMLDialogElement | null;

  /** Open the dialog. */
  open(): void {
    openDialog(this.dialog);
  }

  /** Close the dialog. */
  close(): void {
    this.dialog?.close();
  }

  /** Open the dialog because of something inside. */
  reveal(): void {
    this.open();
  }

  protected override content(): unknown {
    const kind = this.linkType === "button" ? "button" : "link";
    return html`<button type="button" class="opener ${kind}" aria-haspopup="dialog" @click=${() => this.open()}>
        ${this.linkText}
      </button>
      ${dialogTemplate({ id: "modal", title: this.title || this.linkText, body: html`<slot></slot>` })}`;
  }
}

define("crowd-modal", CrowdModal);

import { LitElement, type TemplateResult, css, html } from "lit";
import { sharedStyles } from "../page/shared-styles";
import { SHORTCUTS } from "./shortcuts";

/** Lists the task page's shortcuts. */
export class ShortcutsDialog extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.5rem 1.25rem;
        margin: 1rem 0;
      }
      dd {
        margin: 0;
      }
      p {
        margin: 0 0 1rem;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">Keyboard shortcuts</h2>
      <dl>
        ${SHORTCUTS.map(
          ({ letter, text }) =>
            html`<dt><kbd>Alt</kbd> + <kbd>Shift</kbd> + <kbd>${letter.toUpperCase()}</kbd></dt>
              <dd>${text}</dd>`,
        )}
        <dt><kbd>?</kbd></dt>
        <dd>Show the shortcuts, while no text is being typed</dd>
        <dt><kbd>Esc</kbd></dt>
        <dd>Close a dialog</dd>
      </dl>
      <p class="quiet">The task itself may have keys of its own, such as numbers for its labels.</p>
      <button class="primary" type="button" @click=${() => this.dialog.close()}>Close</button>
    </dialog>`;
  }

  open(): void {
    this.dialog.showModal();
  }

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog")!;
  }
}

customElements.define("portal-shortcuts-dialog", ShortcutsDialog);

import { LitElement, type TemplateResult, css, html } from "lit";
import { formStyles, sharedStyles } from "../page/shared-styles";

/** Which way of giving a task up the dialog is about. */
export type DeclineKind = "decline" | "report";

export interface DeclineChoice {
  readonly kind: DeclineKind;
  readonly reason: string;
}

const LONGEST_REASON = 1000;
const WORDS: Readonly<Record<DeclineKind, { title: string; text: string; label: string; button: string }>> = {
  decline: {
    title: "Decline this task?",
    text: "You will not get this task again, and your work on it is lost. Others may still answer it.",
    label: "Reason (optional)",
    button: "Decline task",
  },
  report: {
    title: "Report a problem",
    text: "Use this when the data object does not load, is damaged, or can't be labeled. You will not get this task again.",
    label: "What is wrong? (optional)",
    button: "Report and go on",
  },
};

/** Asks before a task is declined or reported, for a reason if there is one; answers with a `choice` event. */
export class DeclineDialog extends LitElement {
  static override styles = [
    sharedStyles,
    formStyles,
    css`
      form {
        margin-top: 0.75rem;
      }
      textarea {
        min-height: 5rem;
        resize: vertical;
      }
    `,
  ];
  static override properties = { kind: { state: true } };

  declare kind: DeclineKind;

  constructor() {
    super();
    this.kind = "decline";
  }

  override render(): TemplateResult {
    const { title, text, label, button } = WORDS[this.kind];
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${title}</h2>
      <form @submit=${this.choose}>
        <p class="quiet">${text}</p>
        <div class="field">
          <label for="reason">${label}</label>
          <textarea id="reason" name="reason" maxlength=${LONGEST_REASON} autofocus></textarea>
        </div>
        <div class="row">
          <button class="primary" type="submit">${button}</button>
          <button type="button" @click=${() => this.dialog.close()}>Cancel</button>
        </div>
      </form>
    </dialog>`;
  }

  async open(kind: DeclineKind): Promise<void> {
    this.kind = kind;
    await this.updateComplete;
    this.renderRoot.querySelector("form")?.reset();
    this.dialog.showModal();
  }

  private choose(event: SubmitEvent): void {
    event.preventDefault();
    const reason = String(new FormData(event.target as HTMLFormElement).get("reason") ?? "").trim();
    this.dialog.close();
    this.dispatchEvent(new CustomEvent<DeclineChoice>("choice", { detail: { kind: this.kind, reason } }));
  }

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog")!;
  }
}

customElements.define("portal-decline-dialog", DeclineDialog);

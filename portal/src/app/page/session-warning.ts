import { LitElement, type TemplateResult, css, html } from "lit";
import type { Session } from "../session/session";
import { words } from "../task/duration";
import { sharedStyles } from "./shared-styles";

/** Says that the session ends within minutes, and offers to put it off where that is possible. */
export class SessionWarning extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      div {
        position: fixed;
        right: 1rem;
        bottom: 1rem;
        z-index: 10;
        display: grid;
        gap: 0.6rem;
        max-width: 24rem;
        box-shadow: 0 6px 24px rgb(0 0 0 / 20%);
      }
    `,
  ];
  static override properties = { session: { attribute: false }, endsAt: { attribute: false } };

  declare session: Session;
  /** Epoch seconds by the server's clock. */
  declare endsAt: number;

  override render(): TemplateResult {
    const left = words(Math.max(60, Math.ceil((this.endsAt - this.session.now()) / 60) * 60));
    if (!this.session.extendable) {
      return html`<div class="notice warning" role="alert">
        <p>Your session ends in ${left}. You will be asked to sign in again; your work stays.</p>
      </div>`;
    }
    return html`<div class="notice warning" role="alert">
      <p>You have been inactive. Your session ends in ${left}.</p>
      <button type="button" @click=${() => this.session.activity()}>Stay signed in</button>
    </div>`;
  }
}

customElements.define("portal-session-warning", SessionWarning);

import { LitElement, type TemplateResult, css, html } from "lit";
import type { PortalConfig } from "../config";
import { sharedStyles } from "../page/shared-styles";
import type { Cognito } from "../session/cognito";
import type { Session } from "../session/session";
import "./sign-in-form";

/** Asks the same worker to sign in again, above the page they were on: nothing on it is lost. */
export class SignInAgain extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      portal-sign-in-form {
        display: block;
        margin: 1.25rem 0 0.75rem;
      }
    `,
  ];
  static override properties = {
    config: { attribute: false },
    session: { attribute: false },
    cognito: { attribute: false },
    username: {},
  };

  declare config: PortalConfig;
  declare session: Session;
  declare cognito: Cognito;
  declare username: string;

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @cancel=${(event: Event) => event.preventDefault()}>
      <h2 id="title">Sign in again</h2>
      <p class="quiet">Your session has ended. Your work is still here and goes on after signing in.</p>
      <portal-sign-in-form
        .config=${this.config}
        .session=${this.session}
        .cognito=${this.cognito}
        .username=${this.username}
      ></portal-sign-in-form>
      <button class="plain" type="button" @click=${() => void this.session.signOut()}>
        Sign out and leave this page
      </button>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
    const form = this.renderRoot.querySelector("portal-sign-in-form");
    void form?.updateComplete.then(() => form.renderRoot.querySelector<HTMLElement>("#password")?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "portal-sign-in-form": import("./sign-in-form").SignInForm;
  }
}

customElements.define("portal-sign-in-again", SignInAgain);

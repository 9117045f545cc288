import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import type { PortalConfig } from "../config";
import { sharedStyles } from "../page/shared-styles";
import type { Cognito } from "../session/cognito";
import type { Session } from "../session/session";
import "./sign-in-form";

/** The page of a worker who is not signed in. */
export class SignInView extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      main {
        display: grid;
        place-content: center;
        min-height: 100vh;
        padding: 2rem 1rem;
      }
      section {
        display: grid;
        gap: 1.25rem;
        width: min(27rem, calc(100vw - 2rem));
        padding: 2rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      img {
        display: block;
        margin-bottom: 0.75rem;
      }
      footer {
        font-size: 0.9rem;
      }
    `,
  ];
  static override properties = {
    config: { attribute: false },
    session: { attribute: false },
    cognito: { attribute: false },
  };

  declare config: PortalConfig;
  declare session: Session;
  declare cognito: Cognito;

  override render(): TemplateResult {
    const { contactEmail } = this.config;
    return html`<main>
      <section aria-labelledby="title">
        <div>
          <img src="/icon.svg" alt="" width="40" height="40" />
          <h1 id="title">Worker portal</h1>
          <p class="quiet">Sign in to label data objects for your work teams.</p>
        </div>
        <portal-sign-in-form .config=${this.config} .session=${this.session} .cognito=${this.cognito}>
        </portal-sign-in-form>
        ${contactEmail
          ? html`<footer class="quiet">
              No account, or trouble signing in? <a href="mailto:${contactEmail}">${contactEmail}</a>
            </footer>`
          : nothing}
      </section>
    </main>`;
  }

  override firstUpdated(): void {
    document.title = "Sign in · Worker portal";
  }
}

customElements.define("portal-sign-in-view", SignInView);

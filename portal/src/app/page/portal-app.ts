import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { PortalApi } from "../api/portal-api";
import { ConfigError, type PortalConfig, loadConfig } from "../config";
import "../job-list/job-list-view";
import { Cognito } from "../session/cognito";
import type { Claims } from "../session/id-token";
import { Session } from "../session/session";
import { SessionStore } from "../session/stored-session";
import "../sign-in/sign-in-again";
import "../sign-in/sign-in-view";
import { removeOldDrafts } from "../task/local-work";
import "../task/task-view";
import { type Route, readRoute } from "./route";
import "./session-warning";
import { sharedStyles } from "./shared-styles";

const SESSION_CHECK_MS = 5000;

/** The portal: fetches its configuration, keeps the session, shows the view the address names. */
export class PortalApp extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      main {
        display: grid;
        gap: 1rem;
        max-width: 40rem;
        margin: 15vh auto 0;
        padding: 2rem;
      }
    `,
  ];
  static override properties = {
    config: { state: true },
    problem: { state: true },
    route: { state: true },
  };

  declare config: PortalConfig | null;
  declare problem: string;
  declare route: Route;
  private cognito!: Cognito;
  private session!: Session;
  private api!: PortalApi;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.config = null;
    this.problem = "";
    this.route = readRoute(location.hash);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.onHashChange);
    addEventListener("pointerdown", this.onActivity);
    addEventListener("keydown", this.onActivity);
    this.timer = setInterval(() => this.config && this.session.tick(), SESSION_CHECK_MS);
    removeOldDrafts(localStorage, Date.now() / 1000);
    void this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.onHashChange);
    removeEventListener("pointerdown", this.onActivity);
    removeEventListener("keydown", this.onActivity);
    clearInterval(this.timer);
  }

  override render(): TemplateResult | typeof nothing {
    if (this.problem) {
      return html`<main>
        <h1>The portal is not set up correctly</h1>
        <p class="notice error" role="alert">${this.problem}</p>
        <p>This is not your fault. Please tell the person who runs this portal, and show them the message above.</p>
        <div class="row"><button type="button" @click=${() => location.reload()}>Try again</button></div>
      </main>`;
    }
    if (this.config === null) {
      return nothing;
    }
    const { state } = this.session;
    const parts = { config: this.config, session: this.session, cognito: this.cognito };
    if (state.name === "signed-out") {
      return html`<portal-sign-in-view
        .config=${parts.config}
        .session=${parts.session}
        .cognito=${parts.cognito}
      ></portal-sign-in-view>`;
    }
    return html`${this.page(state.worker)}
    ${state.name === "expired"
      ? html`<portal-sign-in-again
          .config=${parts.config}
          .session=${parts.session}
          .cognito=${parts.cognito}
          .username=${state.username}
        ></portal-sign-in-again>`
      : nothing}
    ${state.name === "signed-in" && state.endsAt !== null
      ? html`<portal-session-warning .session=${this.session} .endsAt=${state.endsAt}></portal-session-warning>`
      : nothing}`;
  }

  private page(worker: Claims): TemplateResult {
    const { route } = this;
    if (route.name === "jobs") {
      return html`<portal-job-list-view
        .api=${this.api}
        .config=${this.config}
        .session=${this.session}
        .workerName=${worker.name}
      ></portal-job-list-view>`;
    }
    return html`${keyed(
      `${route.job} ${route.entry}`,
      html`<portal-task-view
        .api=${this.api}
        .session=${this.session}
        .job=${route.job}
        .entry=${route.entry}
        .workerId=${worker.sub}
      ></portal-task-view>`,
    )}`;
  }

  private async begin(): Promise<void> {
    try {
      const config = await loadConfig();
      this.cognito = new Cognito(config.cognitoEndpoint, config.userPoolClientId);
      const store = new SessionStore(sessionStorage);
      this.session = new Session(this.cognito, store, () => this.requestUpdate());
      this.api = new PortalApi(config.apiUrl, this.session);
      this.config = config;
    } catch (error) {
      this.problem = error instanceof ConfigError ? error.message : `The portal can't start: ${String(error)}`;
    }
  }

  private readonly onHashChange = (): void => {
    this.route = readRoute(location.hash);
  };

  private readonly onActivity = (): void => {
    if (this.config !== null) {
      this.session.activity();
    }
  };
}

customElements.define("portal-app", PortalApp);

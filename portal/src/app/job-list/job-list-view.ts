import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { sentenceFor } from "../api/errors";
import type { PortalApi } from "../api/portal-api";
import type { JobList } from "../api/shapes";
import type { PortalConfig } from "../config";
import { sharedStyles } from "../page/shared-styles";
import type { Session } from "../session/session";
import "./job-card";

const REFRESH_MS = 30_000;

/** The list of labeling jobs open to the worker's teams; looks again every 30 seconds while it is visible. */
export class JobListView extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      header {
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      header > div,
      main {
        max-width: 60rem;
        margin: 0 auto;
        padding: 0.75rem 1.5rem;
      }
      header > div {
        display: flex;
        align-items: center;
        gap: 0.75rem;
      }
      .who {
        margin-left: auto;
        text-align: right;
        overflow-wrap: anywhere;
      }
      main {
        display: grid;
        gap: 1.25rem;
        padding-top: 2rem;
        padding-bottom: 3rem;
      }
      .heading {
        justify-content: space-between;
      }
      .list {
        display: grid;
        gap: 1rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .empty {
        display: grid;
        gap: 0.5rem;
        padding: 3rem 1.5rem;
        border: 1px dashed var(--control-line);
        border-radius: var(--radius);
        text-align: center;
      }
    `,
  ];
  static override properties = {
    api: { attribute: false },
    config: { attribute: false },
    session: { attribute: false },
    workerName: {},
    list: { state: true },
    problem: { state: true },
  };

  declare api: PortalApi;
  declare config: PortalConfig;
  declare session: Session;
  declare workerName: string;
  declare list: JobList | null;
  declare problem: string;
  private timer: ReturnType<typeof setInterval> | undefined;
  private asking = false;

  constructor() {
    super();
    this.workerName = "";
    this.list = null;
    this.problem = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.refreshIfVisible);
    this.timer = setInterval(this.refreshIfVisible, REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.refreshIfVisible);
    clearInterval(this.timer);
  }

  override firstUpdated(): void {
    document.title = "Jobs · Worker portal";
    this.renderRoot.querySelector("h1")?.focus();
    void this.refresh();
  }

  override render(): TemplateResult {
    return html`
      <header>
        <div>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <strong>Worker portal</strong>
          <span class="who quiet">${this.list?.worker.name ?? this.workerName}</span>
          <button type="button" @click=${() => void this.session.signOut()}>Sign out</button>
        </div>
      </header>
      <main aria-busy=${this.list === null}>
        <div class="row heading">
          <h1 tabindex="-1">Your jobs</h1>
          <button class="plain" type="button" @click=${() => void this.refresh()}>Refresh</button>
        </div>
        <div role="status">
          ${this.problem
            ? html`<p class="notice error">${this.problem} The list is tried again every 30 seconds.</p>`
            : nothing}
        </div>
        ${this.jobs()}
      </main>
    `;
  }

  private jobs(): TemplateResult | typeof nothing {
    if (this.list === null) {
      return this.problem ? nothing : html`<p class="quiet">Looking for work …</p>`;
    }
    if (this.list.jobs.length === 0) {
      return this.empty();
    }
    const now = this.session.now();
    return html`<ul class="list">
      ${repeat(
        this.list.jobs,
        (job) => job.name,
        (job) => html`<li><portal-job-card .job=${job} .now=${now}></portal-job-card></li>`,
      )}
    </ul>`;
  }

  private empty(): TemplateResult {
    const { contactEmail } = this.config;
    return html`<div class="empty">
      <h2>No work right now</h2>
      <p class="quiet">
        None of your work teams has a labeling job with open tasks. Leave this page open: it looks again every 30
        seconds.
      </p>
      ${contactEmail
        ? html`<p class="quiet">Expected something here? Write to <a href="mailto:${contactEmail}">${contactEmail}</a></p>`
        : nothing}
    </div>`;
  }

  private readonly refreshIfVisible = (): void => {
    if (document.visibilityState === "visible") {
      void this.refresh();
    }
  };

  private async refresh(): Promise<void> {
    if (this.asking) {
      return;
    }
    this.asking = true;
    try {
      this.list = await this.api.jobs();
      this.problem = "";
    } catch (error) {
      this.problem = sentenceFor(error);
    } finally {
      this.asking = false;
    }
  }
}

customElements.define("portal-job-list-view", JobListView);

import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import type { HeldTask, Job } from "../api/shapes";
import { taskAddress } from "../page/route";
import { sharedStyles } from "../page/shared-styles";
import { words } from "../task/duration";

/** One labeling job in the list, with what the worker can do in it. */
export class JobCard extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      article {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.75rem 1.5rem;
        padding: 1.25rem 1.5rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .about {
        display: grid;
        gap: 0.5rem;
        align-content: start;
        overflow-wrap: anywhere;
      }
      .actions {
        display: flex;
        flex-direction: column;
        align-items: stretch;
        gap: 0.5rem;
        min-width: 10.5rem;
      }
      .facts {
        gap: 0.25rem 1.25rem;
        font-size: 0.9rem;
      }
      progress {
        width: 9rem;
        height: 0.5rem;
        border: 0;
        border-radius: 99px;
        overflow: hidden;
        background: var(--raised);
        accent-color: var(--accent);
        margin-right: 0.5rem;
        vertical-align: middle;
      }
      progress::-webkit-progress-bar {
        background: var(--raised);
      }
      progress::-webkit-progress-value {
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        background: var(--accent);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 0 0.6rem;
        border-radius: 99px;
        background: var(--raised);
        font-size: 0.85rem;
      }
      .held {
        grid-column: 1 / -1;
        display: grid;
        gap: 0.5rem;
        padding-top: 0.9rem;
        border-top: 1px solid var(--line);
      }
      .held .row {
        justify-content: space-between;
      }
      @media (max-width: 36rem) {
        article {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];
  static override properties = { job: { attribute: false }, now: { attribute: false } };

  declare job: Job;
  /** Epoch seconds by the server's clock. */
  declare now: number;

  override render(): TemplateResult {
    const { job } = this;
    return html`<article aria-labelledby="title">
      <div class="about">
        <h2 id="title">${job.title || job.name}</h2>
        ${job.description ? html`<p>${job.description}</p>` : nothing} ${this.facts()} ${this.keywords()}
      </div>
      <div class="actions">${this.startButton()}</div>
      ${job.held.length > 0 ? html`<div class="held">${job.held.map((task) => this.heldTask(task))}</div>` : nothing}
    </article>`;
  }

  private facts(): TemplateResult {
    const { counts, taskTimeLimitInSeconds } = this.job;
    const progress = `${counts.ready.toLocaleString("en")} of ${counts.total.toLocaleString("en")} done`;
    return html`<p class="row facts quiet">
      <span>
        ${counts.total === 0
          ? "Being prepared"
          : html`<progress max=${counts.total} value=${counts.ready} aria-label="Progress of the job"></progress>
              ${progress}`}
      </span>
      <span>Time limit: ${words(taskTimeLimitInSeconds)} a task</span>
    </p>`;
  }

  private keywords(): TemplateResult | typeof nothing {
    if (this.job.keywords.length === 0) {
      return nothing;
    }
    return html`<ul aria-label="Keywords">
      ${this.job.keywords.map((keyword) => html`<li>${keyword}</li>`)}
    </ul>`;
  }

  private startButton(): TemplateResult {
    if (!takesAnswers(this.job)) {
      return html`<p class="notice">${stateSentence(this.job.status)}</p>`;
    }
    const main = this.job.held.length === 0;
    return html`<button
      class=${main ? "primary" : ""}
      type="button"
      aria-describedby="title"
      @click=${() => go(taskAddress(this.job.name))}
    >
      Start working
    </button>`;
  }

  private heldTask(task: HeldTask): TemplateResult {
    const left = task.leaseUntil === null ? 0 : task.leaseUntil - this.now;
    const time = left > 0 ? `${words(left)} left` : "time ran out, may still be open";
    const since = this.now - task.stoppedAt;
    return html`<div class="row">
      <span>
        Task stopped ${since < 60 ? "just now" : `${words(since)} ago`}
        <span class="quiet">· ${task.hasDraft ? "draft kept" : "no draft"} · ${time}</span>
      </span>
      <button
        class="primary"
        type="button"
        ?disabled=${!takesAnswers(this.job)}
        aria-describedby="title"
        @click=${() => go(taskAddress(this.job.name, task.entry))}
      >
        Resume
      </button>
    </div>`;
  }
}

function takesAnswers(job: Job): boolean {
  return job.status === "InProgress";
}

function stateSentence(status: string): string {
  switch (status) {
    case "Initializing":
      return "Being prepared. Work opens soon.";
    case "Stopping":
    case "Stopped":
      return "Stopped: takes no more answers.";
    case "Completed":
      return "Finished. Thank you.";
    case "Failed":
      return "Failed: takes no more answers.";
    default:
      return `Not open for work (${status}).`;
  }
}

function go(address: string): void {
  location.hash = address;
}

customElements.define("portal-job-card", JobCard);

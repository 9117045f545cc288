import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { sharedStyles } from "../page/shared-styles";
import type { Phase } from "./task-state";

/** What the worker chose in the panel. */
export type PanelChoice = "next" | "again" | "list" | "download";

interface Content {
  readonly title: string;
  readonly message: string;
  readonly choices: readonly (readonly [PanelChoice, string])[];
}

/** Stands over the task, or in its place, when there is nothing to work on at the moment. */
export class PhasePanel extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 2;
        display: grid;
        place-content: center;
        padding: 1rem;
        background: color-mix(in srgb, var(--ground) 82%, transparent);
      }
      section {
        display: grid;
        gap: 1rem;
        width: min(34rem, calc(100vw - 2rem));
        padding: 2rem;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
        box-shadow: 0 6px 24px rgb(0 0 0 / 12%);
      }
      .loading {
        color: var(--quiet);
      }
    `,
  ];
  static override properties = { phase: { attribute: false }, hasCopy: { type: Boolean } };

  declare phase: Phase;
  /** There is an answer to download. */
  declare hasCopy: boolean;

  override render(): TemplateResult {
    const content = contentOf(this.phase);
    if (content === null) {
      return html`<p class="loading">Opening a task …</p>`;
    }
    const { title, message, choices } = content;
    return html`<section aria-labelledby="title">
      <h2 id="title" tabindex="-1">${title}</h2>
      <p>${message}</p>
      <div class="row">
        ${choices.map(([choice, text], index) =>
          choice === "download" && !this.hasCopy
            ? nothing
            : html`<button type="button" class=${index === 0 ? "primary" : ""} @click=${() => this.choose(choice)}>
                ${text}
              </button>`,
        )}
      </div>
    </section>`;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector("h2")?.focus());
  }

  private choose(choice: PanelChoice): void {
    this.dispatchEvent(new CustomEvent<PanelChoice>("choice", { detail: choice }));
  }
}

function contentOf(phase: Phase): Content | null {
  const list = ["list", "Back to the list"] as const;
  switch (phase.name) {
    case "lost": {
      const choices = [["next", "Next task"] as const, ["download", "Download a copy"] as const, list];
      return { title: phase.title, message: phase.message, choices };
    }
    case "waiting":
      return { title: "Waiting for a task", message: phase.message, choices: [["again", "Look again now"], list] };
    case "done":
      return { title: "All done", message: phase.message, choices: [list] };
    case "stopped":
      return { title: "The job has stopped", message: phase.message, choices: [list] };
    case "failed":
      return { title: "No task could be opened", message: phase.message, choices: [["again", "Try again"], list] };
    default:
      return null;
  }
}

customElements.define("portal-phase-panel", PhasePanel);

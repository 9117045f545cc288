import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { sharedStyles } from "../page/shared-styles";
import { clock } from "./duration";
import { type Command, SHORTCUTS } from "./shortcuts";

const BUTTONS: readonly (readonly [Command, string])[] = [
  ["skip", "Skip"],
  ["decline", "Decline"],
  ["report", "Report a problem"],
  ["stop", "Stop"],
];

/** The bar above a task: the job, the time left and what one can do besides answering. */
export class TaskHeader extends LitElement {
  static override styles = [
    sharedStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 1rem;
        padding: 0.5rem 1rem;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      h1 {
        flex: 1 1 12rem;
        min-width: 0;
        overflow: hidden;
        font-size: 1.05rem;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .done {
        font-size: 0.9rem;
        white-space: nowrap;
      }
      .timer {
        padding: 0.2rem 0.7rem;
        border-radius: 99px;
        background: var(--raised);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .timer.hurry {
        background: var(--warn);
        color: var(--warn-text);
        font-weight: 650;
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
      }
      nav button {
        min-height: 2.25rem;
        padding: 0.2rem 0.7rem;
        font-size: 0.95rem;
        white-space: nowrap;
      }
    `,
  ];
  static override properties = {
    heading: {},
    remaining: { attribute: false },
    hurry: { type: Boolean },
    submitted: { type: Number },
    locked: { type: Boolean },
  };

  declare heading: string;
  declare remaining: number | null;
  declare hurry: boolean;
  declare submitted: number;
  /** Nothing can be done with the task at the moment. */
  declare locked: boolean;

  override render(): TemplateResult {
    return html`<header>
      <h1 title=${this.heading}>${this.heading}</h1>
      ${this.submitted > 0 ? html`<span class="done quiet">${this.submitted} submitted</span>` : nothing}
      ${this.remaining === null
        ? nothing
        : html`<span class="timer ${this.hurry ? "hurry" : ""}" role="timer" aria-label="Time left">
            ${clock(this.remaining)} left
          </span>`}
      <nav aria-label="Task">
        ${BUTTONS.map(([command, text]) => this.button(command, text))}
        <button type="button" class="plain" aria-label="Keyboard shortcuts" @click=${() => this.say("help")}>?</button>
      </nav>
    </header>`;
  }

  private button(command: Command, text: string): TemplateResult {
    const letter = SHORTCUTS.find((shortcut) => shortcut.command === command)?.letter.toUpperCase();
    return html`<button
      type="button"
      ?disabled=${this.locked}
      title="Alt + Shift + ${letter}"
      aria-keyshortcuts="Alt+Shift+${letter}"
      @click=${() => this.say(command)}
    >
      ${text}
    </button>`;
  }

  private say(command: Command): void {
    this.dispatchEvent(new CustomEvent<Command>("command", { detail: command }));
  }
}

customElements.define("portal-task-header", TaskHeader);

import { css, html, type LitElement, nothing } from "lit";
import { dialogTemplate, openDialog } from "./dialog";
import { announceChange } from "./element";
import type { Regions } from "./regions";
import type { Json } from "./relaxed-json";

const TITLE = "Add a comment.";

/** What the worker wants to say about the object: the link below the categories, its dialog, its part of the answer. */
export class WorkerComment {
  private text = "";

  constructor(
    private readonly host: LitElement,
    private readonly regions: Regions,
  ) {}

  /** The answer with the comment, when there is one. */
  addTo(answer: Record<string, Json> | null): Record<string, Json> | null {
    const workerComment = this.text.trim();
    return workerComment === "" ? answer : { ...answer, workerComment };
  }

  /** Take back what a saved answer holds. */
  restore(saved: Json | undefined): void {
    const comment = (saved as { workerComment?: Json } | null | undefined)?.workerComment;
    this.write(typeof comment === "string" ? comment : "");
  }

  /** Forget what was typed. */
  reset(): void {
    this.write("");
  }

  /** The link that opens the dialog, with what has been said; nothing without a `worker-comment` region. */
  link(): unknown {
    const region = this.regions.get("worker-comment");
    if (!region) {
      return nothing;
    }
    return html`<div class="comment-line">
      <button type="button" class="quiet comment" aria-haspopup="dialog" @click=${() => openDialog(this.dialogElement)}>
        ${region.getAttribute("link-text") || TITLE}
      </button>
      ${this.text ? html`<p class="said">${this.text}</p>` : nothing}
    </div>`;
  }

  /** The dialog to write in. */
  dialog(): unknown {
    const region = this.regions.get("worker-comment");
    if (!region) {
      return nothing;
    }
    const title = region.getAttribute("header") || TITLE;
    return dialogTemplate({
      id: "comment",
      title,
      body: html`<slot name="worker-comment"></slot>
        <textarea
          aria-label=${title}
          placeholder=${region.getAttribute("placeholder") ?? ""}
          .value=${this.text}
          @input=${(event: Event) => this.write((event.target as HTMLTextAreaElement).value)}
          @change=${() => announceChange(this.host)}
        ></textarea>`,
      footer: html`<button type="button" class="dialog-done" @click=${() => this.dialogElement?.close()}>Done</button>`,
    });
  }

  private get dialogElement(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector<HTMLDialogElement>("#comment");
  }

  private write(text: string): void {
    this.text = text;
    this.host.requestUpdate();
  }
}

export const workerCommentStyles = css`
  .comment-line {
    margin-top: 12px;
  }
  .quiet.comment {
    padding-inline: 4px;
    text-decoration: underline;
    text-underline-offset: 3px;
    white-space: normal;
    text-align: left;
  }
  .said {
    margin: 6px 4px 0;
    color: var(--gw-quiet);
    font-size: 0.9rem;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  ::slotted(worker-comment) {
    display: block;
    margin-bottom: 12px;
  }
  textarea {
    width: 100%;
    min-height: 110px;
    padding: 10px 12px;
    border: 1px solid var(--gw-control-line);
    border-radius: var(--gw-radius);
    font: inherit;
    resize: vertical;
  }
`;

import { html, nothing, svg, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Classifier } from "../internal/classifier";
import type { Shortcut } from "../internal/classifier-keys";
import { dialogTemplate, openDialog } from "../internal/dialog";
import { announceChange, define } from "../internal/element";
import "../internal/image-view";
import type { ImageView } from "../internal/image-view";
import { type Box, boxesOf } from "./overlay";
import type { Json } from "../internal/relaxed-json";
import { styles } from "./crowd-image-classifier.styles";

/** Asks for one category of an image; boxes of earlier labels may be drawn over it, and the worker may comment. */
export class CrowdImageClassifier extends Classifier {
  static override styles = styles;
  static override readonly jsonAttributes = { ...Classifier.jsonAttributes, overlay: "overlay" };

  /** Address of the image. */
  @property() src = "";
  /** Earlier labels to show over the image. */
  @property({ attribute: false }) overlay?: Json;

  @state() private comment = "";
  @state() private overlayShown = true;
  @query("groundwork-image") private view!: ImageView | null;
  @query("#comment") private commentDialog!: HTMLDialogElement | null;

  override get _submittableValue(): Record<string, Json> | null {
    const answer = super._submittableValue;
    const workerComment = this.comment.trim();
    return answer && workerComment !== "" ? { ...answer, workerComment } : answer;
  }

  override restore(saved: Json | undefined): void {
    super.restore(saved);
    const comment = (saved as { workerComment?: Json } | null | undefined)?.workerComment;
    this.comment = typeof comment === "string" ? comment : "";
  }

  override reset(): void {
    super.reset();
    this.comment = "";
  }

  protected override work(): unknown {
    const boxes = boxesOf(this.overlay);
    const foreign = this.overlay !== undefined && this.overlay !== null && boxes === null;
    return html`${foreign
        ? html`<p class="note" role="note">This version shows boxes over an image, but no masks: the earlier mask is not shown.</p>`
        : nothing}
      <groundwork-image
        .src=${this.src}
        .alternative=${"Image to classify"}
        .drawing=${boxes && this.overlayShown ? boxes.map(drawBox) : null}
        .legend=${boxes ? this.legend(boxes) : null}
      ></groundwork-image>`;
  }

  protected override belowCategories(): unknown {
    const region = this.regions.get("worker-comment");
    if (!region) {
      return nothing;
    }
    return html`<div class="comment-line">
      <button type="button" class="quiet comment" aria-haspopup="dialog" @click=${() => openDialog(this.commentDialog)}>
        ${region.getAttribute("link-text") || "Add a comment."}
      </button>
      ${this.comment ? html`<p class="said">${this.comment}</p>` : nothing}
    </div>`;
  }

  protected override dialogs(): unknown {
    const region = this.regions.get("worker-comment");
    if (!region) {
      return nothing;
    }
    const title = region.getAttribute("header") || "Add a comment.";
    return dialogTemplate({
      id: "comment",
      title,
      body: html`<slot name="worker-comment"></slot>
        <textarea
          aria-label=${title}
          placeholder=${region.getAttribute("placeholder") ?? ""}
          .value=${this.comment}
          @input=${this.onComment}
          @change=${() => announceChange(this)}
        ></textarea>`,
      footer: html`<button type="button" class="done" @click=${() => this.commentDialog?.close()}>Done</button>`,
    });
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    const zoom: Shortcut[] = [
      [["+"], "Zoom in"],
      [["−"], "Zoom out"],
      [["F"], "Fit the image"],
    ];
    return boxesOf(this.overlay) ? [...zoom, [["H"], "Show or hide the boxes"]] : zoom;
  }

  protected override takeOwnKey(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() === "h" && boxesOf(this.overlay)) {
      this.overlayShown = !this.overlayShown;
      return true;
    }
    return this.view?.takeKey(event.key) ?? false;
  }

  private onComment(event: Event): void {
    this.comment = (event.target as HTMLTextAreaElement).value;
  }

  private legend(boxes: readonly Box[]): TemplateResult {
    const labels = new Map(boxes.map((box) => [box.label, box.color]));
    return html`${[...labels].map(
        ([label, color]) => html`<span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="3" fill=${color}></rect></svg>${label}</span>`,
      )}
      <label class="switch"
        ><input
          type="checkbox"
          .checked=${this.overlayShown}
          @change=${(event: Event) => {
            this.overlayShown = (event.target as HTMLInputElement).checked;
          }}
        />Show boxes</label
      >`;
  }
}

/** A light line under the coloured one keeps the box visible on any picture. */
function drawBox(box: Box): TemplateResult {
  const outline = (color: string, width: number): TemplateResult => svg`<rect x=${box.left} y=${box.top}
    width=${box.width} height=${box.height} fill="none" stroke=${color} stroke-width=${width} vector-effect="non-scaling-stroke"></rect>`;
  return svg`<g>${outline("#ffffff", 6)}${outline(box.color, 3)}</g>`;
}

define("crowd-image-classifier", CrowdImageClassifier);

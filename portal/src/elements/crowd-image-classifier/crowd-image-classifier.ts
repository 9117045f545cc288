import { html, nothing, svg, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Classifier } from "../internal/classifier";
import { define } from "../internal/element";
import "../internal/image-view";
import { type ImageView, ZOOM_SHORTCUTS } from "../internal/image-view";
import type { Json } from "../internal/relaxed-json";
import type { Shortcut } from "../internal/shortcuts";
import { WorkerComment } from "../internal/worker-comment";
import { type Box, boxesOf } from "./overlay";
import { styles } from "./crowd-image-classifier.styles";

/** Asks for one category of an image; boxes of earlier labels may be drawn over it, and the worker may comment. */
export class CrowdImageClassifier extends Classifier {
  static override styles = styles;
  static override readonly jsonAttributes = { ...Classifier.jsonAttributes, overlay: "overlay" };

  /** Address of the image. */
  @property() src = "";
  /** Earlier labels to show over the image. */
  @property({ attribute: false }) overlay?: Json;

  @state() private overlayShown = true;
  @query("groundwork-image") private view!: ImageView | null;
  protected override readonly comment = new WorkerComment(this, this.regions);

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

  protected override ownShortcuts(): readonly Shortcut[] {
    return boxesOf(this.overlay) ? [...ZOOM_SHORTCUTS, [["H"], "Show or hide the boxes"]] : ZOOM_SHORTCUTS;
  }

  protected override takeOwnKey(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() === "h" && boxesOf(this.overlay)) {
      this.overlayShown = !this.overlayShown;
      return true;
    }
    return this.view?.takeKey(event.key) ?? false;
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

import { html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { Classifier } from "../internal/classifier";
import { define } from "../internal/element";
import { reportFailure } from "../internal/failed-resource";
import "../internal/image-view";
import { type ImageView, ZOOM_SHORTCUTS } from "../internal/image-view";
import type { Json } from "../internal/relaxed-json";
import type { Shortcut } from "../internal/shortcuts";
import { WorkerComment } from "../internal/worker-comment";
import { maskLayer, maskOf, withSource } from "./mask-overlay";
import { type Box, boxesOf } from "./overlay";
import { styles } from "./crowd-image-classifier.styles";

/** Asks for one category of an image; earlier labels may be shown over it, boxes or a mask, and the worker may comment. */
export class CrowdImageClassifier extends Classifier {
  static override styles = styles;
  static override readonly jsonAttributes = { ...Classifier.jsonAttributes, overlay: "overlay" };

  /** Address of the image. */
  @property() src = "";
  /** Earlier labels to show over the image. */
  @property({ attribute: false }) overlay?: Json;

  @state() private overlayShown = true;
  /** The earlier mask; "failed" when it did not load. */
  @state() private mask: HTMLElement | "failed" | null = null;
  @query("groundwork-image") private view!: ImageView | null;
  protected override readonly comment = new WorkerComment(this, this.regions);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("overlay")) {
      void this.loadMask();
    }
  }

  protected override work(): unknown {
    const boxes = boxesOf(this.overlay);
    const entries = boxes ?? maskOf(this.overlay)?.entries;
    return html`${this.mask === "failed"
        ? html`<p class="note" role="note">
            The earlier mask could not be loaded. <button type="button" class="quiet" @click=${() => void this.loadMask()}>Try again</button>
          </p>`
        : nothing}
      <groundwork-image
        .src=${this.src}
        .alternative=${"Image to classify"}
        .drawing=${boxes && this.overlayShown ? boxes.map(drawBox) : null}
        .layer=${this.overlayShown && this.mask !== "failed" ? this.mask : null}
        .legend=${entries ? this.legend(entries, boxes ? "boxes" : "mask") : null}
      ></groundwork-image>`;
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    return this.hasOverlay ? [...ZOOM_SHORTCUTS, [["H"], "Show or hide the earlier labels"]] : ZOOM_SHORTCUTS;
  }

  protected override takeOwnKey(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() === "h" && this.hasOverlay) {
      this.overlayShown = !this.overlayShown;
      return true;
    }
    return this.view?.takeKey(event.key) ?? false;
  }

  private get hasOverlay(): boolean {
    return boxesOf(this.overlay) !== null || maskOf(this.overlay) !== null;
  }

  private async loadMask(): Promise<void> {
    const { overlay } = this;
    const mask = maskOf(overlay);
    this.mask = null;
    try {
      const layer = mask && (await maskLayer(mask));
      this.mask = overlay === this.overlay ? layer : this.mask;
    } catch {
      if (overlay === this.overlay) {
        this.mask = "failed";
        reportFailure(this, mask?.src ?? "", (fresh) => {
          this.overlay = withSource(overlay, fresh);
        });
      }
    }
  }

  private legend(entries: readonly { label: string; color: string }[], what: "boxes" | "mask"): TemplateResult {
    const labels = new Map(entries.map(({ label, color }) => [color, label]));
    return html`${[...labels].map(
        ([color, label]) => html`<span class="key"><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="3" fill=${color}></rect></svg>${label}</span>`,
      )}
      <label class="switch"
        ><input
          type="checkbox"
          .checked=${this.overlayShown}
          @change=${(event: Event) => {
            this.overlayShown = (event.target as HTMLInputElement).checked;
          }}
        />Show ${what}</label
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

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Size } from "./annotation/geometry";
import { CrowdElement, define } from "./element";
import { iconTemplate } from "./icons";
import { ImageSource } from "./image-source";
import { styles } from "./image-view.styles";
import type { Shortcut } from "./shortcuts";

const STEP = 1.25;
const MOST = 16;

/** The keys an image answers to. */
export const ZOOM_SHORTCUTS: readonly Shortcut[] = [
  [["+"], "Zoom in"],
  [["−"], "Zoom out"],
  [["F"], "Fit the image"],
];

/** An image that fits, zooms and scrolls, shown in the orientation in which it is stored. */
export class ImageView extends CrowdElement {
  static override styles = styles;

  @property() src = "";
  /** Text for those who can't see the image. */
  @property() alternative = "";
  /** SVG drawn over the image, in pixels of the stored image. */
  @property({ attribute: false }) drawing: unknown = null;
  /** An element laid over the image, half transparent and as large. */
  @property({ attribute: false }) layer: HTMLElement | null = null;
  /** What explains the drawing or the layer. */
  @property({ attribute: false }) legend: unknown = null;

  @state() private room: Size = { width: 0, height: 0 };
  /** Screen pixels per image pixel; null: as large as fits. */
  @state() private zoom: number | null = null;
  @state() private held = false;
  @query(".stage") private stage!: HTMLElement | null;

  private readonly source = new ImageSource(this);
  private readonly measure = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect;
    this.room = box ? { width: box.width, height: box.height } : this.room;
  });

  /** Take a zoom key; false when it is none. */
  takeKey(key: string): boolean {
    if (key === "+" || key === "=") {
      this.zoomBy(STEP);
    } else if (key === "-" || key === "−") {
      this.zoomBy(1 / STEP);
    } else if (key.toLowerCase() === "f") {
      this.zoom = null;
    } else {
      return false;
    }
    return true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.measure.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.stage) {
      this.measure.observe(this.stage);
    }
  }

  protected override firstUpdated(): void {
    if (this.stage) {
      this.measure.observe(this.stage);
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("src")) {
      this.zoom = null;
    }
  }

  protected override content(): unknown {
    return html`<div class="bar" role="toolbar" aria-label="Image">
        ${this.tool("Zoom out", "remove", () => this.zoomBy(1 / STEP))}
        ${this.tool("Zoom in", "add", () => this.zoomBy(STEP))}
        <button type="button" aria-pressed=${String(this.zoom === null)} @click=${() => (this.zoom = null)}>Fit</button>
        <span class="percent" role="status">${this.stored ? `${Math.round(this.scale * 100)} %` : ""}</span>
        ${this.legend ? html`<div class="legend">${this.legend}</div>` : nothing}
      </div>
      <div
        class="stage ${this.zoom === null ? "fit" : ""} ${this.held ? "held" : ""}"
        tabindex="0"
        role="group"
        aria-label="${this.alternative}, zoomable"
        @wheel=${this.onWheel}
        @pointerdown=${this.onGrab}
        @pointermove=${this.onDrag}
        @pointerup=${() => (this.held = false)}
        @pointercancel=${() => (this.held = false)}
      >
        ${this.source.failed ? this.source.failure() : this.sheet()}
      </div>`;
  }

  private get stored(): Size | null {
    return this.source.stored;
  }

  private get scale(): number {
    return this.zoom ?? this.fitting;
  }

  private get fitting(): number {
    const { stored, room } = this;
    return stored ? Math.min(room.width / stored.width, room.height / stored.height, MOST) || 1 : 1;
  }

  private tool(name: string, icon: string, act: () => void): TemplateResult {
    return html`<button type="button" aria-label=${name} title=${name} @click=${act}>${iconTemplate(icon)}</button>`;
  }

  private sheet(): TemplateResult | typeof nothing {
    if (!this.src) {
      return nothing;
    }
    const { stored } = this;
    const width = stored ? `${stored.width * this.scale}px` : "auto";
    return html`<div class="sheet" style=${styleMap({ visibility: stored ? "visible" : "hidden" })}>
      ${this.source.template(this.alternative, width)}
      ${stored && this.layer ? html`<div class="layer">${this.layer}</div>` : nothing}
      ${stored && this.drawing
        ? html`<svg class="drawing" viewBox="0 0 ${stored.width} ${stored.height}" preserveAspectRatio="none" aria-hidden="true">
            ${this.drawing}
          </svg>`
        : nothing}
    </div>`;
  }

  private zoomBy(factor: number): void {
    if (this.stored) {
      const next = this.scale * factor;
      this.zoom = Math.min(Math.max(next, Math.min(this.fitting, 1) / 4), MOST);
    }
  }

  private onWheel(event: WheelEvent): void {
    if (event.ctrlKey) {
      event.preventDefault();
      this.zoomBy(event.deltaY < 0 ? STEP : 1 / STEP);
    }
  }

  private onGrab(event: PointerEvent): void {
    if (this.zoom !== null && event.button === 0 && event.pointerType === "mouse") {
      this.held = true;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    }
  }

  private onDrag(event: PointerEvent): void {
    if (this.held) {
      this.stage?.scrollBy(-event.movementX, -event.movementY);
    }
  }
}

define("groundwork-image", ImageView);

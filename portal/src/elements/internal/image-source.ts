import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Size } from "./annotation/geometry";
import { reportFailure } from "./failed-resource";
import { iconTemplate } from "./icons";

type Host = ReactiveControllerHost & HTMLElement & { src: string };

/**
 * Loads the image of an element and learns the size in which it is stored.
 *
 * The browser ignores the orientation in the file only for images it may read, so the image is asked for with CORS
 * first, and without it when that fails.
 */
export class ImageSource implements ReactiveController {
  /** Size of the stored pixel grid; null until the image is there. */
  stored: Size | null = null;
  private phase: "cors" | "plain" | "failed" = "cors";
  private asked = "";
  private loaded: HTMLImageElement | null = null;

  /** `onSize` hears of each change of the size. */
  constructor(
    private readonly host: Host,
    private readonly onSize: () => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.host.src !== this.asked) {
      this.asked = this.host.src;
      this.restart();
    }
  }

  /** Whether the image did not load. */
  get failed(): boolean {
    return this.phase === "failed";
  }

  /** The image once it is there; scripts may read its pixels when its `crossOrigin` is set. */
  get image(): HTMLImageElement | null {
    return this.loaded;
  }

  /** The image, in its stored size unless a width says otherwise; nothing without an address. */
  template(alternative: string, width?: string): TemplateResult | typeof nothing {
    if (!this.host.src) {
      return nothing;
    }
    const style = styleMap(width === undefined ? {} : { width });
    return this.phase === "cors"
      ? html`<img crossorigin="anonymous" src=${this.host.src} alt=${alternative} draggable="false" style=${style}
          @load=${this.onLoad} @error=${() => this.turnTo("plain")} />`
      : html`<img src=${this.host.src} alt=${alternative} draggable="false" style=${style}
          @load=${this.onLoad} @error=${() => this.fail()} />`;
  }

  /** What stands in the image's place when it did not load. */
  failure(): TemplateResult {
    return html`<div class="failed" role="alert">
      ${iconTemplate("report-problem")}
      <p>This image could not be loaded. If it stays away, choose “Report a problem” above.</p>
      <button type="button" @click=${() => this.turnTo("cors")}>Try again</button>
    </div>`;
  }

  /** Look again at an image that was loaded while it was not shown. */
  measure(): void {
    const image = this.loaded;
    if (!image) {
      return;
    }
    const natural = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
    const turned = (image.offsetWidth - image.offsetHeight) * (natural.width - natural.height) < 0;
    const stored = turned ? { width: natural.height, height: natural.width } : natural;
    if (stored.width !== this.stored?.width || stored.height !== this.stored.height) {
      this.stored = stored;
      this.onSize();
      this.host.requestUpdate();
    }
  }

  private restart(): void {
    this.phase = "cors";
    this.loaded = null;
    if (this.stored) {
      this.stored = null;
      this.onSize();
    }
  }

  private turnTo(phase: "cors" | "plain" | "failed"): void {
    this.phase = phase;
    this.host.requestUpdate();
  }

  private readonly onLoad = (event: Event): void => {
    this.loaded = event.target as HTMLImageElement;
    this.measure();
  };

  private fail(): void {
    this.turnTo("failed");
    reportFailure(this.host, this.host.src, (fresh) => {
      this.host.src = fresh;
    });
  }
}

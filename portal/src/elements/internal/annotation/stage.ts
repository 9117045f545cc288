import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { ImageSource } from "../image-source";
import type { Point, Size } from "./geometry";
import { StagePointers } from "./stage-pointers";
import { fitView, panView, toImage, type View, zoomView } from "./view";

const STEP = 1.25;
/** From here on a pixel is large enough to be seen as a square. */
const SQUARE_PIXELS = 4;

/** What hears of the pointer on a stage; points are in pixels of the stored image, not rounded, and may lie off it. */
export interface PointerTool {
  /** The pointer (its main button, a finger, a pen) goes down. */
  down(point: Point, event: PointerEvent): void;
  /** It moves, held or not. */
  move(point: Point, event: PointerEvent): void;
  /** It is let go. */
  up(point: Point, event: PointerEvent): void;
  /** What it began turned out to be something else, such as a pinch. */
  cancel(): void;
  /** It left the stage. */
  leave?(): void;
}

/** The element a stage is part of. */
export interface StageHost extends ReactiveControllerHost, HTMLElement {
  src: string;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly pointerTool: PointerTool;
  /** The view changed: move what is drawn. Never render here, it comes with every wheel event. */
  viewChanged(view: View): void;
  /** The image's size became known, or unknown again. */
  sizeChanged(size: Size | null): void;
}

/**
 * The image with what is drawn on it, zoomed and moved by transforms alone.
 *
 * `.sheet` is as large as the stored image and transformed; it holds the image, the layers and `canvas.upper-canvas`,
 * whose rectangle is always that of the image. `svg.overlay` fills the stage; its `g.world` is in image pixels.
 */
export class Stage implements ReactiveController {
  view: View = { scale: 1, x: 0, y: 0 };
  readonly source: ImageSource;
  private room: Size = { width: 0, height: 0 };
  private fitted = true;
  private root: HTMLElement | null = null;
  private sheet: HTMLElement | null = null;
  private drawing: SVGGElement | null = null;
  private percent: HTMLElement | null = null;
  private readonly pointers: StagePointers;
  private readonly measure = new ResizeObserver(() => this.measureRoom());

  constructor(private readonly host: StageHost) {
    this.source = new ImageSource(host, () => this.onSize());
    this.pointers = new StagePointers(this, () => host.pointerTool);
    host.addController(this);
  }

  hostConnected(): void {
    if (this.root) {
      this.measure.observe(this.root);
    }
  }

  hostDisconnected(): void {
    this.measure.disconnect();
    this.pointers.release();
  }

  hostUpdated(): void {
    const within = this.host.renderRoot;
    this.percent = within.querySelector(".percent");
    const root = within.querySelector<HTMLElement>(".stage[role]");
    if (root !== this.root) {
      this.measure.disconnect();
      this.root = root;
      this.sheet = root?.querySelector(".sheet") ?? null;
      this.drawing = root?.querySelector(".world") ?? null;
      this.hostConnected();
    }
  }

  /** The stage's element, once rendered. */
  get element(): HTMLElement | null {
    return this.root;
  }

  /** The group in which shapes are drawn, in image pixels. */
  get world(): SVGGElement | null {
    return this.drawing;
  }

  /** Size of the stored image; null until it is there. */
  get size(): Size | null {
    return this.source.stored;
  }

  /** The image's pixel position under a pointer. */
  at(event: MouseEvent): Point {
    return toImage(this.view, this.onStage(event));
  }

  /** The place of a pointer on the stage. */
  onStage(event: { clientX: number; clientY: number }): Point {
    const box = this.root?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  /** The middle of what is seen of the image, in its pixels. */
  get center(): Point {
    const { width, height } = this.room;
    const center = toImage(this.view, { x: width / 2, y: height / 2 });
    const size = this.size ?? { width: 0, height: 0 };
    return { x: Math.min(Math.max(center.x, 0), size.width), y: Math.min(Math.max(center.y, 0), size.height) };
  }

  /** Show the whole image. */
  fit(): void {
    if (this.size) {
      this.fitted = true;
      this.turnTo(fitView(this.size, this.room));
    }
  }

  /** Zoom around a place of the stage, by default its middle. */
  zoomBy(factor: number, at: Point = { x: this.room.width / 2, y: this.room.height / 2 }): void {
    if (this.size) {
      this.fitted = false;
      this.turnTo(zoomView(this.view, factor, at, this.size, this.room));
    }
  }

  /** One step in (1) or out (-1). */
  zoomStep(direction: 1 | -1): void {
    this.zoomBy(STEP ** direction);
  }

  /** Move the image by screen pixels. */
  panBy(x: number, y: number): void {
    if (this.size) {
      this.fitted = false;
      this.turnTo(panView(this.view, { x, y }, this.size, this.room));
    }
  }

  /** Move the image just so far that a point of it is in sight. */
  show(point: Point): void {
    const { scale, x, y } = this.view;
    const into = (at: number, room: number): number => Math.max(32 - at, 0) + Math.min(room - 32 - at, 0);
    const by = [into(point.x * scale + x, this.room.width), into(point.y * scale + y, this.room.height)] as const;
    if (by[0] !== 0 || by[1] !== 0) {
      this.panBy(...by);
    }
  }

  /** Whether Space is held, so that dragging moves the image. */
  set panning(on: boolean) {
    this.pointers.panning = on;
    this.root?.classList.toggle("pan", on);
  }

  /** Take a zoom key; false when it is none. */
  takeKey(key: string): boolean {
    if (key === "+" || key === "=") {
      this.zoomStep(1);
    } else if (key === "-" || key === "−" || key === "_") {
      this.zoomStep(-1);
    } else if (key.toLowerCase() === "f") {
      this.fit();
    } else {
      return false;
    }
    return true;
  }

  /** How large the image is shown, kept up to date without rendering. */
  percentage(): TemplateResult {
    return html`<span class="percent"></span>`;
  }

  /** The stage; `style` holds custom properties, `layers` lie on the image and move with it, `over` on the stage. */
  template(part: {
    readonly label: string;
    readonly alternative: string;
    readonly style: Readonly<Record<string, string>>;
    readonly layers?: unknown;
    readonly over?: unknown;
  }): TemplateResult {
    if (this.source.failed) {
      return html`<div class="stage">${this.source.failure()}</div>`;
    }
    return html`<div
      class="stage"
      tabindex="0"
      role="application"
      aria-label=${part.label}
      style=${styleMap(part.style)}
      @wheel=${this.pointers.wheel}
      @pointerdown=${this.pointers.down}
      @pointermove=${this.pointers.move}
      @pointerup=${this.pointers.up}
      @pointercancel=${this.pointers.lost}
      @pointerleave=${this.pointers.leave}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      <div class="sheet">
        ${this.source.template(part.alternative)} ${part.layers}
        <canvas class="upper-canvas" width="1" height="1" aria-hidden="true"></canvas>
      </div>
      <svg class="overlay"><g class="world"></g></svg>
      ${part.over}
    </div>`;
  }

  private measureRoom(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.root ?? {};
    if (width === 0 || height === 0) {
      return;
    }
    this.room = { width, height };
    this.source.measure();
    if (this.size) {
      this.turnTo(
        this.fitted ? fitView(this.size, this.room) : panView(this.view, { x: 0, y: 0 }, this.size, this.room),
      );
    }
  }

  private onSize(): void {
    this.host.sizeChanged(this.size);
    this.root?.classList.toggle("there", this.size !== null);
    this.fit();
  }

  private turnTo(view: View): void {
    this.view = view;
    const { scale, x, y } = view;
    const { sheet, percent } = this;
    if (sheet && percent) {
      sheet.style.transform = `translate(${x}px,${y}px) scale(${scale})`;
      sheet.classList.toggle("square", scale >= SQUARE_PIXELS);
      percent.textContent = `${Math.round(scale * 100)} %`;
    }
    this.drawing?.setAttribute("transform", `matrix(${scale} 0 0 ${scale} ${x} ${y})`);
    this.host.viewChanged(view);
  }
}

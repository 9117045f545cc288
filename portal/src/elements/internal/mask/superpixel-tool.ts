import { svg } from "lit";
import { distance, onGrid, type Point } from "../annotation/geometry";
import { type Division, divide, readPixels } from "./divide";
import { directionOf, type Easel, type Ink, type MaskTool } from "./easel";
import { contextOf } from "./mask-picture";
import { cross } from "./outline-tool";
import type { SuperpixelMap } from "./superpixel-map";

/** Lines between regions are drawn on a picture of so many pixels: fine for small images, cheap for large ones. */
const LINE_PIXELS = 1.5e6;
const MOST_LARGER = 8;

/** Paints whole regions of like color. */
export class SuperpixelTool implements MaskTool {
  /** The regions, once found. */
  map: SuperpixelMap | null = null;
  private division: Division | null = null;
  private over: Point | null = null;
  private cursor: Point | null = null;
  private painting: { readonly ink: Ink; at: Point; region: number | null } | null = null;

  /** `found` hears when regions came or went. */
  constructor(
    private readonly easel: Easel,
    private readonly found: () => void,
  ) {}

  get hint(): string {
    if (this.map) {
      return "Click or drag to paint superpixels, [ and ] size them. Keys: arrows move, Space or Enter paints.";
    }
    return this.division ? "The image is being divided into superpixels …" : "This image can't be divided into superpixels.";
  }

  get hasCursor(): boolean {
    return this.cursor !== null;
  }

  /** Divide the image into regions about so wide, in pixels. */
  find(spacing: number): void {
    const { image } = this.easel.stage.source;
    const { size } = this.easel.stage;
    const rgba = image && size ? readPixels(image, size) : null;
    this.forget();
    if (rgba && size) {
      this.division = divide(rgba, size, spacing);
      void this.division.done.then((map) => {
        this.map = map;
        this.division = null;
        this.found();
      });
    }
  }

  /** Forget the regions: the image is another one. */
  forget(): void {
    this.division?.stop();
    this.division = null;
    this.map = null;
    this.found();
  }

  down(point: Point): void {
    const ink = this.easel.ink();
    this.cursor = null;
    if (ink) {
      this.painting = { ink, at: point, region: null };
      this.paintTo(point);
    }
  }

  move(point: Point): void {
    this.cursor = null;
    this.over = point;
    this.paintTo(point);
    this.easel.redraw();
  }

  up(): void {
    if (this.painting) {
      this.painting = null;
      this.easel.endAct();
    }
  }

  cancel(): void {
    this.painting = null;
    this.easel.abandonAct();
  }

  leave(): void {
    this.over = null;
    this.easel.redraw();
  }

  putDown(): void {
    this.up();
    this.over = null;
    this.cursor = null;
  }

  takeKey(event: KeyboardEvent): boolean {
    const direction = directionOf(event.key);
    if (direction) {
      this.moveCursor(direction, event.shiftKey);
      return true;
    }
    switch (event.key) {
      case " ":
      case "Enter":
        this.paintAtCursor();
        return true;
      case "Escape":
        return this.hideCursor();
      default:
        return false;
    }
  }

  draw(color: string): unknown {
    const at = this.cursor ?? this.over;
    const region = at ? (this.map?.regionAt(at) ?? null) : null;
    let path = "";
    if (region !== null) {
      this.map?.area(region).spans((y, from, to) => {
        path += `M${from} ${y}H${to}v1H${from}z`;
      });
    }
    return svg`<path class="region" d=${path} fill=${color}></path>${cross(this.cursor, this.easel.stage.view.scale)}`;
  }

  /** Draw the lines between regions on a canvas that covers the image. */
  drawLines(canvas: HTMLCanvasElement): void {
    const { size } = this.easel.stage;
    if (this.map && size) {
      const by = Math.min(MOST_LARGER, Math.sqrt(LINE_PIXELS / (size.width * size.height)));
      const [width, height] = [Math.ceil(size.width * by), Math.ceil(size.height * by)];
      const data = new ImageData(width, height);
      new Uint32Array(data.data.buffer).set(this.map.lines(width, height, 0xffffffff));
      contextOf({ width, height }, canvas).putImageData(data, 0, 0);
    }
  }

  /** Paint every region on the way there: a fast pointer leaves none out. */
  private paintTo(point: Point): void {
    const { painting } = this;
    if (!painting) {
      return;
    }
    const { at } = painting;
    const steps = Math.max(1, Math.ceil(distance(at, point)));
    for (let step = 1; step <= steps; step++) {
      const along = { x: at.x + ((point.x - at.x) * step) / steps, y: at.y + ((point.y - at.y) * step) / steps };
      const region = this.map?.regionAt(along) ?? null;
      if (this.map && region !== null && region !== painting.region) {
        painting.region = region;
        this.easel.paint(this.map.area(region), painting.ink);
      }
    }
    painting.at = point;
  }

  private paintAtCursor(): void {
    this.cursor ??= this.easel.stage.center;
    const ink = this.easel.ink();
    if (ink) {
      this.painting = { ink, at: this.cursor, region: null };
      this.paintTo(this.cursor);
      this.up();
    }
    this.easel.redraw();
  }

  private moveCursor([dx, dy]: readonly [number, number], fine: boolean): void {
    const { stage } = this.easel;
    const { map } = this;
    const region = map?.regionAt(stage.center);
    if (!map || !stage.size || region === null || region === undefined) {
      return;
    }
    if (!this.cursor) {
      this.cursor = map.heart(region);
    } else if (fine) {
      this.cursor = onGrid({ x: this.cursor.x + dx, y: this.cursor.y + dy }, stage.size, 1);
    } else {
      this.cursor = map.next(this.cursor, dx, dy);
    }
    stage.show(this.cursor);
    this.easel.redraw();
  }

  private hideCursor(): boolean {
    const shown = this.cursor !== null;
    this.cursor = null;
    this.easel.redraw();
    return shown;
  }
}

import { svg } from "lit";
import type { Point } from "../annotation/geometry";
import { strokeArea } from "./area";
import type { Easel, Ink, MaskTool } from "./easel";

/** Paints where the pointer goes, with a round brush. */
export class BrushTool implements MaskTool {
  readonly hasCursor = false;
  readonly hint = "Drag to paint; [ and ] change the brush. With the keyboard, take the polygon (P) or superpixels (S).";
  private stroke: { readonly ink: Ink; last: Point } | null = null;
  private over: Point | null = null;

  /** `size` is the brush's diameter in pixels of the image. */
  constructor(
    private readonly easel: Easel,
    private readonly size: () => number,
  ) {}

  down(point: Point): void {
    const ink = this.easel.ink();
    if (ink) {
      this.stroke = { ink, last: point };
      this.paintTo(point);
    }
  }

  move(point: Point, event: PointerEvent): void {
    this.over = point;
    if (this.stroke) {
      for (const each of coalesced(event)) {
        this.paintTo(this.easel.stage.at(each));
      }
      this.paintTo(point);
    }
    this.easel.redraw();
  }

  up(point: Point): void {
    if (this.stroke) {
      this.paintTo(point);
      this.stroke = null;
      this.easel.endAct();
    }
  }

  cancel(): void {
    this.stroke = null;
    this.easel.abandonAct();
  }

  leave(): void {
    this.over = null;
    this.easel.redraw();
  }

  putDown(): void {
    if (this.stroke) {
      this.stroke = null;
      this.easel.endAct();
    }
    this.over = null;
  }

  takeKey(): boolean {
    return false;
  }

  draw(color: string): unknown {
    const at = this.over;
    return at ? svg`<circle class="brush" cx=${at.x} cy=${at.y} r=${this.size() / 2} fill=${color}></circle>` : null;
  }

  private paintTo(point: Point): void {
    if (this.stroke) {
      this.easel.paint(strokeArea(this.stroke.last, point, this.size() / 2), this.stroke.ink);
      this.stroke.last = point;
    }
  }
}

/** The moves since the last event; older browsers do not tell them. */
function coalesced(event: PointerEvent): readonly PointerEvent[] {
  return (event as Partial<PointerEvent>).getCoalescedEvents?.call(event) ?? [];
}

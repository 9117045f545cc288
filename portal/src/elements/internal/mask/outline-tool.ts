import { svg } from "lit";
import { distance, onGrid, type Point } from "../annotation/geometry";
import { polygonArea } from "./area";
import { directionOf, type Easel, type MaskTool } from "./easel";

/** Screen pixels within which a click means a corner that is there. */
const NEAR = 9;
/** Screen pixels between the corners of an outline drawn in one go, and that an arrow key moves the cursor. */
const STEP = 8;

/** Fills outlines: corner by corner, or drawn in one go. */
export class OutlineTool implements MaskTool {
  private corners: readonly Point[] = [];
  private over: Point | null = null;
  private cursor: Point | null = null;
  private held = false;
  /** Corners there were before the pointer went down. */
  private before = 0;

  constructor(private readonly easel: Easel) {}

  get hint(): string {
    return this.corners.length === 0
      ? "Click corners or drag along an edge. Keys: arrows move, Space sets a corner, Enter fills."
      : "Click the first corner or press Enter to fill. Backspace takes a corner back, Esc all.";
  }

  get hasCursor(): boolean {
    return this.cursor !== null;
  }

  /** Whether an outline is begun. */
  get unfinished(): boolean {
    return this.corners.length > 0;
  }

  down(point: Point): void {
    this.cursor = null;
    this.over = point;
    this.before = this.corners.length;
    const [first] = this.corners;
    const last = this.corners.at(-1);
    if (first && this.corners.length > 2 && (this.isNear(first, point) || (last && this.isNear(last, point)))) {
      this.fill();
    } else {
      this.held = true;
      this.add(point);
    }
  }

  move(point: Point): void {
    this.over = point;
    const last = this.corners.at(-1);
    if (this.held && last && distance(last, point) * this.easel.stage.view.scale >= STEP) {
      this.add(point);
    } else {
      this.easel.redraw();
    }
  }

  up(point: Point): void {
    const [first] = this.corners;
    if (this.held && first && this.corners.length > 3 && this.isNear(first, point)) {
      this.fill();
    }
    this.held = false;
  }

  cancel(): void {
    this.corners = this.corners.slice(0, this.before);
    this.held = false;
    this.easel.abandonAct();
    this.easel.redraw();
  }

  leave(): void {
    this.over = null;
    this.easel.redraw();
  }

  putDown(): void {
    this.corners = [];
    this.over = null;
    this.cursor = null;
    this.held = false;
  }

  /** Forget the last corner; false when there is none. */
  takeBack(): boolean {
    const any = this.corners.length > 0;
    this.corners = this.corners.slice(0, -1);
    this.easel.redraw();
    this.easel.say(null);
    return any;
  }

  takeKey(event: KeyboardEvent): boolean {
    const direction = directionOf(event.key);
    if (direction) {
      this.moveCursor(direction, event.shiftKey);
      return true;
    }
    switch (event.key) {
      case " ":
        this.add(this.cursor ?? this.easel.stage.center);
        return true;
      case "Enter":
        this.fill();
        return true;
      case "Backspace":
        return this.takeBack();
      case "Escape":
        return this.discard();
      default:
        return false;
    }
  }

  draw(color: string): unknown {
    const ahead = this.cursor ?? (this.held ? null : this.over);
    const line = [...this.corners, ...(ahead && this.corners.length > 0 ? [ahead] : [])];
    const path = line.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
    const dots = this.corners.map(({ x, y }) => `M${x} ${y}h0`).join("");
    return svg`<path class="area" d=${`${path}z`} fill=${color}></path><path class="halo" d=${path}></path><path class="line" d=${path}></path>
      <path class="dots" d=${dots}></path>${cross(this.cursor, this.easel.stage.view.scale)}`;
  }

  private isNear(corner: Point, point: Point): boolean {
    return distance(corner, point) * this.easel.stage.view.scale <= NEAR;
  }

  private add(point: Point): void {
    const { size } = this.easel.stage;
    if (size && this.easel.ink()) {
      this.cursor = this.cursor && point;
      const corner = onGrid(point, size);
      const last = this.corners.at(-1);
      this.corners = last?.x === corner.x && last.y === corner.y ? this.corners : [...this.corners, corner];
      this.easel.say(null);
      this.easel.redraw();
    }
  }

  private fill(): void {
    const ink = this.easel.ink();
    if (this.corners.length < 3) {
      this.easel.say("A polygon needs three corners at least.", true);
    } else if (ink) {
      this.easel.paint(polygonArea(this.corners), ink);
      this.corners = [];
      this.held = false;
      this.easel.endAct();
    }
    this.easel.redraw();
  }

  private discard(): boolean {
    const any = this.corners.length > 0 || this.cursor !== null;
    this.putDown();
    this.easel.abandonAct();
    this.easel.redraw();
    this.easel.say(null);
    return any;
  }

  private moveCursor([dx, dy]: readonly [number, number], fine: boolean): void {
    const { stage } = this.easel;
    const step = fine ? 1 : Math.max(1, Math.round(STEP / stage.view.scale));
    const from = this.cursor ?? stage.center;
    if (stage.size) {
      this.cursor = onGrid({ x: from.x + dx * step, y: from.y + dy * step }, stage.size);
      stage.show(this.cursor);
      this.easel.redraw();
    }
  }
}

/** The keyboard's cursor: a cross of the same size at every zoom. */
export function cross(at: Point | null, scale: number): unknown {
  if (!at) {
    return null;
  }
  const arm = 12 / scale;
  const path = `M${at.x - arm} ${at.y}H${at.x + arm}M${at.x} ${at.y - arm}V${at.y + arm}`;
  return svg`<path class="halo" d=${path}></path><path class="line" d=${path}></path>`;
}

import { distance, onGrid, type Point } from "./geometry";
import { advance, begin, type History, redo, undo } from "./history";
import { ordered } from "./kind";
import type { EditorListener, ShapeEditor } from "./shape-editor";

/** The shape that is being drawn, point by point. */
export class Drawer {
  /** Where the next point would go; null: nothing is being drawn. */
  cursor: Point | null = null;
  /** Whether keys moved the cursor since the last point, so that Enter places one. */
  byKeys = false;
  private placed: History<readonly Point[]> = begin<readonly Point[]>([]);

  constructor(
    private readonly editor: ShapeEditor,
    private readonly label: () => string,
    private readonly listener: EditorListener,
  ) {}

  /** Points placed so far. */
  get points(): readonly Point[] {
    return this.placed.present;
  }

  get active(): boolean {
    return this.cursor !== null;
  }

  /** The points with the one at the cursor. */
  get preview(): readonly Point[] {
    const { cursor, points } = this;
    return cursor
      ? [...points, onGrid(cursor, this.editor.size ?? { width: 0, height: 0 }, this.editor.kind.inset)]
      : points;
  }

  get canUndo(): boolean {
    return this.active;
  }

  get canRedo(): boolean {
    return this.placed.future.length > 0;
  }

  /** Begin at a place; false when there is no label to draw with. */
  start(at: Point, byKeys = false): boolean {
    if (this.label() === "" || !this.editor.size) {
      this.listener.say("There is no label to draw with.", true);
      return false;
    }
    this.placed = begin<readonly Point[]>([]);
    this.cursor = at;
    this.byKeys = byKeys;
    this.listener.say(null);
    this.editor.select(null);
    return true;
  }

  /** Move the cursor with the pointer. */
  moveTo(at: Point): void {
    this.cursor = at;
    this.byKeys = false;
    this.listener.live();
  }

  /** Move the cursor with keys, by whole pixels. */
  moveBy(by: Point): void {
    const { size, kind } = this.editor;
    if (this.cursor && size) {
      const from = onGrid(this.cursor, size, kind.inset);
      this.cursor = onGrid({ x: from.x + by.x, y: from.y + by.y }, size, kind.inset);
      this.byKeys = true;
      this.listener.say(`${this.cursor.x}, ${this.cursor.y}`);
      this.listener.live();
    }
  }

  /** Place a point; near the first (of a closed shape) or the last one it ends the shape. `reach` is in image pixels. */
  place(at: Point, reach: number): void {
    const { kind, size } = this.editor;
    if (!this.active || !size) {
      return;
    }
    const point = onGrid(at, size, kind.inset);
    const [first, last] = [this.points[0], this.points.at(-1)];
    const near = (other: Point | undefined): boolean => other !== undefined && distance(other, at) <= reach;
    const again = last !== undefined && last.x === point.x && last.y === point.y;
    if (this.points.length >= kind.fewest && (near(last) || (kind.closed && near(first)))) {
      this.finish();
    } else if (!again) {
      this.append(point);
    }
  }

  /** Enter: place a point where keys moved the cursor, else end the shape. */
  enter(): void {
    if (this.byKeys && this.cursor) {
      this.byKeys = false;
      this.place(this.cursor, 0);
    } else {
      this.finish();
    }
  }

  /** End the shape with the points placed. */
  finish(): void {
    const { kind } = this.editor;
    const refusal = this.points.length < kind.fewest ? this.tooFew() : kind.refusal(this.points, true);
    if (refusal !== null) {
      this.listener.say(refusal, true);
      return;
    }
    const points = kind.dragged ? ordered(this.points) : this.points;
    this.cursor = null;
    this.placed = begin<readonly Point[]>([]);
    this.editor.add(this.label(), points);
  }

  /** Give up the shape. */
  cancel(): void {
    if (this.active) {
      this.cursor = null;
      this.placed = begin<readonly Point[]>([]);
      this.listener.say(null);
      this.listener.settled(false);
    }
  }

  /** Take back the last point; without any, give up. */
  undo(): void {
    if (this.points.length === 0) {
      this.cancel();
      return;
    }
    this.placed = undo(this.placed);
    this.listener.settled(false);
  }

  redo(): void {
    this.placed = redo(this.placed);
    this.listener.settled(false);
  }

  private append(point: Point): void {
    const { kind } = this.editor;
    const points = [...this.points, point];
    const last = points.length === kind.most;
    const refusal = kind.refusal(points, last);
    this.listener.say(refusal, true);
    if (refusal !== null) {
      return;
    }
    this.placed = advance(this.placed, points);
    if (last) {
      this.finish();
    } else {
      this.listener.settled(false);
    }
  }

  private tooFew(): string {
    const { noun, fewest, dragged } = this.editor.kind;
    return dragged ? "Move to the opposite corner, then press Enter." : `A ${noun} has at least ${fewest} points.`;
  }
}

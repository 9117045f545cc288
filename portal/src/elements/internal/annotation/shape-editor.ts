import { moved, onGrid, type Point, type Size } from "./geometry";
import { advance, amend, begin, type History, redo, undo } from "./history";
import type { Kind } from "./kind";

/** A labelled shape. */
export interface Shape {
  /** Stays the same through every edit. */
  readonly id: number;
  readonly label: string;
  readonly points: readonly Point[];
}

/** Who hears of changes. */
export interface EditorListener {
  /** Something is moving: show it, but nothing is settled. */
  live(): void;
  /** Shapes, selection, hidden or locked shapes are settled; `edited`: the answer changed. */
  settled(edited: boolean): void;
  /** Say something to the worker; null takes it back. */
  say(text: string | null, bad?: boolean): void;
}

/** How far from its original a pasted shape lies, in image pixels. */
const PASTE_OFFSET = 10;

/** The shapes on one image and what can be done to them; knows nothing of the page. */
export class ShapeEditor {
  /** Size of the image; nothing is edited before it is known. */
  size: Size | null = null;
  selected: number | null = null;
  /** Whether the worker asked for the selected shape (it was not just drawn), so that a label goes to it. */
  picked = false;
  /** The selected shape's point that keys work on. */
  vertex: number | null = null;
  private readonly hidden = new Set<number>();
  private readonly locked = new Set<number>();
  private history: History<readonly Shape[]> = begin<readonly Shape[]>([]);
  private unsettled: readonly Shape[] | null = null;
  private lastStep = "";
  private nextId = 1;
  private copied: Shape | null = null;

  constructor(
    readonly kind: Kind,
    private readonly listener: EditorListener,
  ) {}

  /** The shapes as they are shown now. */
  get shapes(): readonly Shape[] {
    return this.unsettled ?? this.history.present;
  }

  get selection(): Shape | null {
    return this.shapes.find((shape) => shape.id === this.selected) ?? null;
  }

  /** Whether something moved and is not settled. */
  get isUnsettled(): boolean {
    return this.unsettled !== null;
  }

  get canUndo(): boolean {
    return this.history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.history.future.length > 0;
  }

  isHidden(shape: Shape): boolean {
    return this.hidden.has(shape.id);
  }

  isLocked(shape: Shape): boolean {
    return this.locked.has(shape.id);
  }

  /** Start over with these shapes. */
  load(shapes: readonly Omit<Shape, "id">[]): void {
    this.history = begin(shapes.map((shape) => ({ ...shape, id: this.nextId++ })));
    this.unsettled = null;
    this.hidden.clear();
    this.locked.clear();
    this.select(null);
  }

  /** Select a shape, or none; `picked`: the worker asked for it. */
  select(id: number | null, picked = false): void {
    this.unsettled = null;
    if (id !== this.selected) {
      this.vertex = null;
    }
    this.selected = id;
    this.picked = picked && id !== null;
    this.lastStep = "";
    this.listener.say(null);
    this.listener.settled(false);
  }

  /** Add a shape and select it. */
  add(label: string, points: readonly Point[]): void {
    const shape = { id: this.nextId++, label, points };
    this.advance([...this.shapes, shape]);
    this.vertex = null;
    this.selected = shape.id;
    this.picked = false;
    this.listener.settled(true);
  }

  /** Show the selected shape with other points, if it may be edited and they make such a shape. */
  edit(points: readonly Point[]): boolean {
    const shape = this.selection;
    if (!shape || this.isLocked(shape)) {
      this.listener.say(shape ? "This shape is locked." : null, true);
      return false;
    }
    // What came with a fault, such as crossing edges, must stay editable or it could never be mended.
    const refusal = this.kind.refusal(shape.points, true) === null ? this.kind.refusal(points, true) : null;
    this.listener.say(refusal, true);
    if (refusal === null) {
      this.unsettled = this.shapes.map((each) => (each === shape ? { ...shape, points } : each));
      this.listener.live();
    }
    return refusal === null;
  }

  /** Keep what was edited as one step; steps of one name that follow each other are one. */
  settle(step = ""): void {
    if (this.unsettled) {
      const again = step !== "" && step === this.lastStep;
      this.history = again ? amend(this.history, this.unsettled) : advance(this.history, this.unsettled);
      this.unsettled = null;
      this.lastStep = step;
      this.listener.settled(true);
    }
  }

  /** Drop what was edited and not settled. */
  revert(): void {
    this.unsettled = null;
    this.listener.say(null);
    this.listener.live();
  }

  /** Move the selected shape, or its point that keys work on. */
  nudge(by: Point): void {
    const { selection: shape, size, vertex } = this;
    if (!shape || !size) {
      return;
    }
    const at = vertex === null ? undefined : shape.points[vertex];
    const points =
      at && vertex !== null
        ? this.kind.withHandle(shape.points, vertex, { x: at.x + by.x, y: at.y + by.y }, size)
        : moved(shape.points, by, size, this.kind.inset);
    if (this.edit(points)) {
      this.settle(`nudge ${shape.id} ${vertex}`);
      this.listener.say(this.kind.place(points));
    }
  }

  /** Make the selected box larger or smaller at its lower right corner. */
  grow(by: Point): void {
    const { selection: shape, size } = this;
    const corner = shape?.points[1];
    if (shape && size && corner && this.kind.dragged) {
      const [first] = shape.points;
      const points = first && [first, onGrid({ x: corner.x + by.x, y: corner.y + by.y }, size)];
      if (points && this.edit(points)) {
        this.settle(`grow ${shape.id}`);
        this.listener.say(this.kind.place(points));
      }
    }
  }

  /** Step through the selected shape's points, or leave them (0). */
  stepVertex(step: -1 | 0 | 1): void {
    const count = this.kind.dragged || this.kind.most === 1 ? 0 : (this.selection?.points.length ?? 0);
    const from = this.vertex ?? (step > 0 ? -1 : 0);
    this.vertex = step === 0 || count === 0 ? null : (from + step + count) % count;
    this.listener.settled(false);
  }

  /** Choose the selected shape's point that keys work on, where it has such points. */
  chooseVertex(index: number): void {
    if (!this.kind.dragged) {
      this.vertex = index;
      this.listener.live();
    }
  }

  /** Put a new point halfway behind the one that keys work on. */
  insertVertex(): void {
    const { selection: shape, vertex, size } = this;
    const spare = shape && vertex !== null ? this.kind.spareHandles(shape.points) : [];
    const at = spare[Math.min(vertex ?? 0, spare.length - 1)];
    if (shape && vertex !== null && size && at) {
      const behind = Math.min(vertex, spare.length - 1) + 1;
      if (this.edit(shape.points.toSpliced(behind, 0, onGrid(at, size, this.kind.inset)))) {
        this.vertex = behind;
        this.settle();
      }
    }
  }

  /** Delete the point that keys work on, or the selected shape. */
  remove(): void {
    const { selection: shape, vertex } = this;
    if (shape && vertex !== null) {
      const points = shape.points.toSpliced(vertex, 1);
      if (this.edit(points)) {
        this.vertex = Math.min(vertex, points.length - 1);
        this.settle();
      }
    } else if (shape) {
      this.removeShape(shape);
    }
  }

  /** Delete a shape; the next one is selected if it was. */
  removeShape(shape: Shape): void {
    if (this.isLocked(shape)) {
      this.listener.say("This shape is locked.", true);
      return;
    }
    this.advance(this.shapes.filter((each) => each !== shape));
    if (shape.id === this.selected) {
      this.selected = null;
      this.vertex = null;
    }
    this.listener.settled(true);
  }

  /** Delete all shapes but the locked ones, as one step. */
  removeAll(): void {
    const kept = this.shapes.filter((shape) => this.isLocked(shape));
    if (kept.length < this.shapes.length) {
      this.advance(kept);
      this.selected = null;
      this.vertex = null;
      this.listener.settled(true);
    }
    if (kept.length > 0) {
      this.listener.say("Locked shapes stay.");
    }
  }

  /** Give the selected shape another label. */
  relabel(label: string): void {
    const shape = this.selection;
    if (shape && shape.label !== label && !this.isLocked(shape)) {
      this.advance(this.shapes.map((each) => (each === shape ? { ...shape, label } : each)));
      this.listener.settled(true);
    }
  }

  copy(): boolean {
    this.copied = this.selection ?? this.copied;
    return this.selection !== null;
  }

  /** Put a copy beside the original, and the next copy beside that. */
  paste(): void {
    const { copied, size } = this;
    if (copied && size) {
      const points = moved(copied.points, { x: PASTE_OFFSET, y: PASTE_OFFSET }, size, this.kind.inset);
      this.copied = { ...copied, points };
      this.add(copied.label, points);
    }
  }

  /** Put a copy of the selected shape beside it. */
  duplicate(): void {
    if (this.copy()) {
      this.paste();
    }
  }

  undo(): void {
    this.travel(undo(this.history));
  }

  redo(): void {
    this.travel(redo(this.history));
  }

  /** Hide or show a shape; without one hide all, or show all when any is hidden. */
  toggleHidden(shape?: Shape): void {
    this.toggle(this.hidden, shape);
    if (this.selected !== null && this.hidden.has(this.selected)) {
      this.select(null);
    }
  }

  /** Lock or unlock a shape; without one lock all, or unlock all when any is locked. */
  toggleLocked(shape?: Shape): void {
    this.toggle(this.locked, shape);
  }

  private advance(shapes: readonly Shape[]): void {
    this.history = advance(this.history, shapes);
    this.unsettled = null;
    this.lastStep = "";
    this.listener.say(null);
  }

  private travel(history: History<readonly Shape[]>): void {
    if (history !== this.history) {
      this.history = history;
      this.unsettled = null;
      this.lastStep = "";
      this.vertex = null;
      this.selected = this.selection?.id ?? null;
      this.listener.say(null);
      this.listener.settled(true);
    }
  }

  private toggle(ids: Set<number>, shape: Shape | undefined): void {
    const all = shape ? [shape] : this.shapes;
    const on = !all.some(({ id }) => ids.has(id));
    for (const { id } of all) {
      if (on) {
        ids.add(id);
      } else {
        ids.delete(id);
      }
    }
    this.listener.settled(false);
  }
}

import type { Drawer } from "./drawer";
import { boundsOf, distance, holds, moved, onGrid, type Point } from "./geometry";
import { nearestOf, shapeAround, shapeAt } from "./hit";
import type { Shape, ShapeEditor } from "./shape-editor";
import type { PointerTool, Stage } from "./stage";

/** How near to a line or handle the pointer must be, in screen pixels. */
const REACH = 7;
const REACH_OF_FINGER = 20;
/** A press that moves less, in screen pixels, is a click. */
const CLICK = 4;

type Grip =
  | { readonly does: "place" | "band"; readonly from: Point }
  | { readonly does: "move"; readonly from: Point; readonly shape: Shape }
  | { readonly does: "handle"; readonly shape: Shape; readonly points: readonly Point[]; readonly index: number };

/** What is under the pointer, for the cursor's look. */
export type Under = "nothing" | "handle" | "move" | "pick";

/** Draws, selects, moves and resizes shapes with mouse, pen or finger. */
export class ShapePointer implements PointerTool {
  private grip: Grip | null = null;
  /** Whether this press began the shape that is being drawn. */
  private began = false;

  constructor(
    private readonly stage: Stage,
    private readonly editor: ShapeEditor,
    private readonly drawer: Drawer,
    /** Hears where the pointer is (null: away) and what is there. */
    private readonly hover: (at: Point | null, under: Under) => void,
  ) {}

  down(at: Point, event: PointerEvent): void {
    this.began = false;
    this.grip = this.drawer.active ? { does: "place", from: at } : this.gripAt(at, this.reach(event));
    const { grip } = this;
    if (grip.does === "move") {
      this.editor.select(grip.shape.id, true);
    } else if (grip.does === "handle" && !this.editor.kind.dragged) {
      this.editor.vertex = grip.index;
    }
    this.move(at, event);
  }

  move(at: Point, event: PointerEvent): void {
    const { grip, editor } = this;
    this.hover(at, grip ? "nothing" : this.under(at, this.reach(event)));
    if (!grip) {
      if (this.drawer.active) {
        this.drawer.moveTo(at);
      }
      return;
    }
    if (grip.does === "handle" && editor.size) {
      editor.edit(editor.kind.withHandle(grip.points, grip.index, at, editor.size));
    } else if (grip.does === "move" && editor.size && this.isDrag(grip.from, at)) {
      const by = { x: at.x - grip.from.x, y: at.y - grip.from.y };
      editor.edit(moved(grip.shape.points, by, editor.size, editor.kind.inset));
    } else if (grip.does === "band" || grip.does === "place") {
      this.draw(grip, at);
    }
  }

  up(at: Point, event: PointerEvent): void {
    const { grip, editor, drawer } = this;
    this.grip = null;
    if (grip?.does === "move" || grip?.does === "handle") {
      editor.settle();
    } else if (grip?.does === "place") {
      if (drawer.active || drawer.start(at)) {
        drawer.place(at, this.reach(event));
      }
    } else if (grip && drawer.active) {
      drawer.place(at, 0);
      drawer.cancel();
    } else if (grip) {
      this.pickInside(at);
    }
  }

  cancel(): void {
    this.grip = null;
    if (this.began) {
      this.drawer.cancel();
    }
    this.editor.revert();
  }

  leave(): void {
    this.hover(null, "nothing");
  }

  /** A box follows the drag; where clicks place points, a drag from the first point on places that one first. */
  private draw(grip: Grip & { from: Point }, at: Point): void {
    const { drawer, editor } = this;
    if (
      !drawer.active &&
      this.isDrag(grip.from, at) &&
      (grip.does === "band" || editor.kind.most > 1) &&
      drawer.start(grip.from)
    ) {
      this.began = true;
      drawer.place(grip.from, 0);
    }
    if (drawer.active) {
      drawer.moveTo(at);
    }
  }

  private gripAt(at: Point, reach: number): Grip {
    const { editor } = this;
    const { selection: shape, kind } = editor;
    if (shape && !editor.isLocked(shape) && editor.size) {
      const index = nearestOf(kind.handles(shape.points), at, reach);
      if (index >= 0) {
        return { does: "handle", shape, points: shape.points, index };
      }
      const spare = nearestOf(kind.spareHandles(shape.points), at, reach);
      if (spare >= 0) {
        const points = shape.points.toSpliced(spare + 1, 0, onGrid(at, editor.size, kind.inset));
        return { does: "handle", shape, points, index: spare + 1 };
      }
    }
    const hit = shapeAt(editor, at, reach) ?? this.selectedAround(at);
    if (hit) {
      return { does: "move", from: at, shape: hit };
    }
    return { does: kind.dragged ? "band" : "place", from: at };
  }

  /** The selected box, when the pointer is inside; other shapes are taken by their line alone. */
  private selectedAround(at: Point): Shape | null {
    const { selection } = this.editor;
    return selection && this.editor.kind.dragged && holds(boundsOf(selection.points), at) ? selection : null;
  }

  private pickInside(at: Point): void {
    const inside = shapeAround(this.editor, at);
    this.editor.select(inside?.id ?? null, true);
  }

  private under(at: Point, reach: number): Under {
    if (this.drawer.active) {
      return "nothing";
    }
    const { selection, kind } = this.editor;
    if (selection && !this.editor.isLocked(selection)) {
      if (nearestOf([...kind.handles(selection.points), ...kind.spareHandles(selection.points)], at, reach) >= 0) {
        return "handle";
      }
    }
    const hit = shapeAt(this.editor, at, reach) ?? this.selectedAround(at);
    return hit === null ? "nothing" : hit === selection ? "move" : "pick";
  }

  private isDrag(from: Point, at: Point): boolean {
    return distance(from, at) * this.stage.view.scale > CLICK || this.editor.isUnsettled;
  }

  private reach(event: PointerEvent): number {
    return (event.pointerType === "touch" ? REACH_OF_FINGER : REACH) / this.stage.view.scale;
  }
}

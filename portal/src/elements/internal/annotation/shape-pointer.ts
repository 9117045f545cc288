import type { Drawer } from "./drawer";
import { boundsOf, distance, holds, moved, type Point } from "./geometry";
import { nearestOf, shapeAround, shapeAt } from "./hit";
import type { Kind } from "./kind";
import type { Shape, ShapeEditor } from "./shape-editor";
import type { PointerTool, Stage } from "./stage";

/** How near to a line or handle the pointer must be, in screen pixels. */
const REACH = 7;
const REACH_OF_FINGER = 20;
/** A press that moves less, in screen pixels, is a click. */
const CLICK = 4;

type Grip =
  | { readonly does: "place"; readonly from: Point }
  | { readonly does: "band"; readonly from: Point }
  | { readonly does: "move"; readonly from: Point; readonly shape: Shape }
  | {
      readonly does: "handle";
      readonly from: Point;
      /** Points of which the one at `index` follows the pointer; where it was, and whether it is a new one. */
      readonly points: readonly Point[];
      readonly index: number;
      readonly at: Point;
      readonly spare: boolean;
    };

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
    if (grip.does === "band" || grip.does === "place") {
      this.draw(grip, at);
    } else if (editor.size && this.isDrag(grip.from, at)) {
      const by = { x: at.x - grip.from.x, y: at.y - grip.from.y };
      editor.edit(
        grip.does === "move"
          ? moved(grip.shape.points, by, editor.size, editor.kind.inset)
          : editor.kind.withHandle(grip.points, grip.index, { x: grip.at.x + by.x, y: grip.at.y + by.y }, editor.size),
      );
    }
  }

  up(at: Point, event: PointerEvent): void {
    const { grip, editor, drawer } = this;
    this.grip = null;
    if (grip?.does === "move" || grip?.does === "handle") {
      if (grip.does === "handle" && (editor.isUnsettled || !grip.spare)) {
        editor.chooseVertex(grip.index);
      }
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
    if (shape && !editor.isLocked(shape)) {
      const [handles, spares] = [kind.handles(shape.points), kind.spareHandles(shape.points)];
      const index = nearestOf(handles, at, handleReach(shape, kind, reach));
      const spare = index < 0 ? nearestOf(spares, at, reach) : -1;
      const [handle, pulled] = [handles[index], spares[spare]];
      if (handle) {
        return { does: "handle", from: at, points: shape.points, index, at: handle, spare: false };
      }
      if (pulled) {
        const points = shape.points.toSpliced(spare + 1, 0, pulled);
        return { does: "handle", from: at, points, index: spare + 1, at: pulled, spare: true };
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
    const free = selection && !this.editor.isLocked(selection) && this.editor.kind.dragged;
    return free && holds(boundsOf(selection.points), at) ? selection : null;
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
      const onHandle = nearestOf(kind.handles(selection.points), at, handleReach(selection, kind, reach)) >= 0;
      if (onHandle || nearestOf(kind.spareHandles(selection.points), at, reach) >= 0) {
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

/** The handles of a box that is small on the screen leave its middle free, so that it can still be moved. */
function handleReach(shape: Shape, kind: Kind, reach: number): number {
  const { width, height } = boundsOf(shape.points);
  return kind.dragged ? Math.min(reach, Math.max(Math.min(width, height) / 3, reach / 3)) : reach;
}

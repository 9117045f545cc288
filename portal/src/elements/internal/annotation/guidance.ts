import type { Kind } from "./kind";
import type { ShapeEditor } from "./shape-editor";

/** What the worker can do while a shape is being drawn. */
export function drawingGuidance({ closed, dragged, most }: Kind): string {
  if (dragged || most <= 2) {
    return "Place the point with a click or Enter; Esc gives up.";
  }
  return closed
    ? "Click to place points; the first point or Enter closes the outline, Backspace takes a point back."
    : "Click to place points; the last point again or Enter ends, Backspace takes a point back.";
}

/** What the worker can do with the selected shape; empty when there is none. */
export function selectionGuidance({ selection, picked, kind }: ShapeEditor): string {
  if (selection === null) {
    return "";
  }
  return picked
    ? "Drag or use the arrow keys to move it, a label to relabel it, Delete to remove it."
    : `Adjust it, or draw the next ${kind.noun}; a label is for the next one.`;
}

import { boundsOf, distance, distanceToPath, holds, type Point } from "./geometry";
import type { Shape, ShapeEditor } from "./shape-editor";

/** The shape whose line is nearest to a place and not farther than `reach`; the selected one before others. */
export function shapeAt(editor: ShapeEditor, point: Point, reach: number): Shape | null {
  let nearest: Shape | null = null;
  let least = reach;
  for (const shape of editor.shapes) {
    if (!isWithinReach(editor, shape) || !isNear(shape, point, reach)) {
      continue;
    }
    const away = distanceToPath(editor.kind.outline(shape.points), editor.kind.closed, point);
    if (away <= (shape.id === editor.selected ? reach : least)) {
      least = shape.id === editor.selected ? -1 : away;
      nearest = shape;
    }
  }
  return nearest;
}

/** The smallest shape around a place. */
export function shapeAround(editor: ShapeEditor, point: Point): Shape | null {
  const area = (shape: Shape): number => {
    const { width, height } = boundsOf(shape.points);
    return width * height;
  };
  return editor.shapes
    .filter((shape) => isWithinReach(editor, shape) && holds(boundsOf(shape.points), point))
    .reduce<Shape | null>((best, shape) => (best && area(best) <= area(shape) ? best : shape), null);
}

/** The nearest of some points that is not farther than `reach`; -1 when there is none. */
export function nearestOf(points: readonly Point[], at: Point, reach: number): number {
  let nearest = -1;
  let least = reach;
  points.forEach((point, index) => {
    const away = distance(point, at);
    if (away <= least) {
      least = away;
      nearest = index;
    }
  });
  return nearest;
}

/** What is hidden or locked lets the pointer through to what is below. */
function isWithinReach(editor: ShapeEditor, shape: Shape): boolean {
  return !editor.isHidden(shape) && !editor.isLocked(shape);
}

function isNear(shape: Shape, point: Point, reach: number): boolean {
  const { left, top, width, height } = boundsOf(shape.points);
  return holds({ left: left - reach, top: top - reach, width: width + 2 * reach, height: height + 2 * reach }, point);
}

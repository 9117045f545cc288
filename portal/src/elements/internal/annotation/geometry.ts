/** A place in pixels of the stored image, or of the screen where that is said. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An upright rectangle. */
export interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * The nearest whole pixel position on an image.
 *
 * A corner or vertex may lie on the image's right or lower border; `inset` 1 keeps a point that names a pixel off them.
 */
export function onGrid(point: Point, size: Size, inset = 0): Point {
  return { x: within(Math.round(point.x), size.width - inset), y: within(Math.round(point.y), size.height - inset) };
}

/** The smallest rectangle around points. */
export function boundsOf(points: readonly Point[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** Points moved by whole pixels, as far as all of them stay on the image. */
export function moved(points: readonly Point[], by: Point, size: Size, inset = 0): readonly Point[] {
  const { left, top, width, height } = boundsOf(points);
  const x = Math.min(Math.max(Math.round(by.x), -left), size.width - inset - left - width);
  const y = Math.min(Math.max(Math.round(by.y), -top), size.height - inset - top - height);
  return points.map((point) => ({ x: point.x + x, y: point.y + y }));
}

/** Whether a rectangle holds a point. */
export function holds(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.left && y >= rect.top && x <= rect.left + rect.width && y <= rect.top + rect.height;
}

/** The distance of two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point halfway between two points. */
export function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** The straight edges of a path; a closed one also returns to its start. */
export function edgesOf(points: readonly Point[], closed: boolean): (readonly [Point, Point])[] {
  const edges = points.slice(1).map((point, index) => [points[index] as Point, point] as const);
  const [first, last] = [points[0], points.at(-1)];
  return closed && first && last && points.length > 2 ? [...edges, [last, first]] : edges;
}

/** How far a point is from a path's line; from its only point when it has one. */
export function distanceToPath(points: readonly Point[], closed: boolean, point: Point): number {
  const [only] = points;
  if (points.length === 1 && only) {
    return distance(only, point);
  }
  return edgesOf(points, closed).reduce((least, [a, b]) => Math.min(least, distanceToEdge(a, b, point)), Infinity);
}

/** Whether a path runs across or along itself; neighbouring edges may only share their vertex. */
export function crossesItself(points: readonly Point[], closed: boolean): boolean {
  const edges = edgesOf(points, closed);
  const count = edges.length;
  return edges.some(([a, b], i) =>
    edges.slice(i + 1).some(([c, d], offset) => {
      const j = i + 1 + offset;
      if (j === i + 1) {
        return turnsBack(a, b, d);
      }
      return closed && i === 0 && j === count - 1 ? turnsBack(c, a, b) : edgesMeet(a, b, c, d);
    }),
  );
}

/** Whether two edges have a point in common. */
export function edgesMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [c1, d1, a2, b2] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (c1 !== d1 && a2 !== b2 && c1 * d1 <= 0 && a2 * b2 <= 0) {
    return true;
  }
  return (
    (c1 === 0 && between(a, b, c)) ||
    (d1 === 0 && between(a, b, d)) ||
    (a2 === 0 && between(c, d, a)) ||
    (b2 === 0 && between(c, d, b))
  );
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(most, 0));
}

function distanceToEdge(a: Point, b: Point, point: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / square;
  const t = Math.min(Math.max(share, 0), 1);
  return distance(point, { x: a.x + t * dx, y: a.y + t * dy });
}

/** On which side of the line through a and b a point lies: -1, 0 (on it) or 1. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x));
}

function between(a: Point, b: Point, point: Point): boolean {
  return holds(boundsOf([a, b]), point);
}

/** Whether the way a → b → c runs back over itself at b. */
function turnsBack(a: Point, b: Point, c: Point): boolean {
  return side(a, b, c) === 0 && (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y) > 0;
}

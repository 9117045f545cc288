import { boundsOf, crossesItself, edgesOf, middle, onGrid, type Point, type Size } from "./geometry";

/** What a drawing tool draws: a box, a polygon. All geometry is a list of whole pixel positions; a box has two. */
export interface Kind {
  /** Its name for the worker. */
  readonly noun: string;
  /** Points it has at least, and at most. */
  readonly fewest: number;
  readonly most: number;
  /** Whether the last point joins the first. */
  readonly closed: boolean;
  /** Whether one drag draws it, from corner to corner; else a click places each point. */
  readonly dragged: boolean;
  /** How far from the image's right and lower border the points stay, in pixels. */
  readonly inset: 0 | 1;
  /** SVG path data, in image pixels. */
  path(points: readonly Point[]): string;
  /** The path by which it is hit. */
  outline(points: readonly Point[]): readonly Point[];
  /** Where its points can be taken hold of. */
  handles(points: readonly Point[]): readonly Point[];
  /** Its points once a handle was taken elsewhere. */
  withHandle(points: readonly Point[], handle: number, to: Point, size: Size): readonly Point[];
  /** Where a new point can be pulled out: the n-th lies after the n-th point. */
  spareHandles(points: readonly Point[]): readonly Point[];
  /** Why these points are no such shape, as a sentence for the worker; null when they are. `whole`: no point follows. */
  refusal(points: readonly Point[], whole: boolean): string | null;
  /** Where it is, in words. */
  place(points: readonly Point[]): string;
}

/** Upright rectangles, drawn by a drag; the points are two opposite corners, the upper left one first. */
export const box: Kind = {
  noun: "box",
  fewest: 2,
  most: 2,
  closed: true,
  dragged: true,
  inset: 0,
  path: (points) => {
    const { left, top, width, height } = boundsOf(points);
    return `M${left} ${top}h${width}v${height}h${-width}z`;
  },
  outline: corners,
  handles: (points) => {
    const [a, b, c, d] = corners(points) as [Point, Point, Point, Point];
    return [a, middle(a, b), b, middle(b, c), c, middle(c, d), d, middle(d, a)];
  },
  withHandle: (points, handle, to, size) => {
    const at = onGrid(to, size);
    const { left, top, width, height } = boundsOf(points);
    const [right, bottom] = [left + width, top + height];
    const [movesLeft, movesRight] = [[0, 6, 7].includes(handle), [2, 3, 4].includes(handle)];
    const [movesTop, movesBottom] = [[0, 1, 2].includes(handle), [4, 5, 6].includes(handle)];
    return ordered([
      { x: movesLeft ? at.x : left, y: movesTop ? at.y : top },
      { x: movesRight ? at.x : right, y: movesBottom ? at.y : bottom },
    ]);
  },
  spareHandles: () => [],
  refusal: (points, whole) => {
    const { width, height } = boundsOf(points);
    return whole && (width < 1 || height < 1) ? "A box is at least one pixel wide and high." : null;
  },
  place: placeOfBounds,
};

/** Outlines, open or closed, drawn point by point. */
export function path(part: {
  readonly noun: string;
  readonly fewest: number;
  readonly most?: number;
  readonly closed?: boolean;
  readonly inset?: 0 | 1;
}): Kind {
  const { noun, fewest, most = Infinity, closed = false, inset = 0 } = part;
  return {
    noun,
    fewest,
    most,
    closed,
    dragged: false,
    inset,
    path: (points) =>
      points.length === 1
        ? dots(points)
        : `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}${closed && points.length > 2 ? "z" : ""}`,
    outline: (points) => points,
    handles: (points) => (most === 1 ? [] : points),
    withHandle: (points, handle, to, size) =>
      points.map((point, index) => (index === handle ? onGrid(to, size, inset) : point)),
    spareHandles: (points) => (points.length < most ? edgesOf(points, closed).map(([a, b]) => middle(a, b)) : []),
    refusal: (points, whole) => {
      if (closed && crossesItself(points, whole)) {
        return `The edges of a ${noun} may not cross each other.`;
      }
      return whole && points.length < fewest ? `A ${noun} has at least ${fewest} points.` : null;
    },
    place: (points) => {
      const [only] = points;
      return points.length === 1 && only
        ? `x ${only.x}, y ${only.y}`
        : `${points.length} points, ${placeOfBounds(points)}`;
    },
  };
}

/**
 * Path data that shows each point as a dot of the line's width, however far the image is zoomed; its tiny extent keeps
 * it visible to assistive technology.
 */
export function dots(points: readonly Point[]): string {
  return points.map(({ x, y }) => `M${x} ${y}l.01 .01`).join("");
}

/** Two corners, the upper left one first. */
export function ordered(points: readonly Point[]): readonly Point[] {
  const { left, top, width, height } = boundsOf(points);
  return [
    { x: left, y: top },
    { x: left + width, y: top + height },
  ];
}

function corners(points: readonly Point[]): readonly Point[] {
  const { left, top, width, height } = boundsOf(points);
  return [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
}

function placeOfBounds(points: readonly Point[]): string {
  const { left, top, width, height } = boundsOf(points);
  return `left ${left}, top ${top}, ${width} by ${height}`;
}

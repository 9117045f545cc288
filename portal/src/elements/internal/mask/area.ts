import type { Point } from "../annotation/geometry";

/** Takes the pixels of row `y` from `from` up to, but not including, `to`. */
export type TakeSpan = (y: number, from: number, to: number) => void;

/** Pixels of an image, as spans of rows: what a tool covers. They may lie outside of the image. */
export interface Area {
  spans(take: TakeSpan): void;
}

/** Pixels whose centers lie within `radius` of the segment from `a` to `b`: one move of a round brush. */
export function strokeArea(a: Point, b: Point, radius: number): Area {
  return {
    spans: (take) => {
      const last = Math.ceil(Math.max(a.y, b.y) + radius);
      for (let y = Math.floor(Math.min(a.y, b.y) - radius); y < last; y++) {
        const row = rowOfStroke(a, b, radius, y + 0.5);
        if (row) {
          takeBetween(take, y, row[0], row[1]);
        }
      }
    },
  };
}

/** Pixels whose centers lie inside a closed outline, by the even-odd rule. */
export function polygonArea(outline: readonly Point[]): Area {
  return {
    spans: (take) => {
      const rows = outline.map((point) => point.y);
      const last = Math.ceil(Math.max(...rows));
      for (let y = Math.floor(Math.min(...rows)); y < last; y++) {
        const crossings = crossingsOf(outline, y + 0.5);
        for (let i = 0; i + 1 < crossings.length; i += 2) {
          takeBetween(take, y, crossings[i] as number, crossings[i + 1] as number);
        }
      }
    },
  };
}

/** A capsule is convex: on each row it is one interval, which begins and ends on a disc or on a straight side. */
function rowOfStroke(a: Point, b: Point, radius: number, y: number): readonly [number, number] | null {
  const xs: number[] = [];
  for (const end of [a, b]) {
    const half = radius * radius - (y - end.y) ** 2;
    if (half >= 0) {
      xs.push(end.x - Math.sqrt(half), end.x + Math.sqrt(half));
    }
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length > 0) {
    const across = { x: ((a.y - b.y) / length) * radius, y: ((b.x - a.x) / length) * radius };
    for (const side of [1, -1]) {
      const from = { x: a.x + side * across.x, y: a.y + side * across.y };
      const to = { x: b.x + side * across.x, y: b.y + side * across.y };
      if (from.y !== to.y && y >= Math.min(from.y, to.y) && y <= Math.max(from.y, to.y)) {
        xs.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
      }
    }
  }
  return xs.length > 0 ? [Math.min(...xs), Math.max(...xs)] : null;
}

function crossingsOf(outline: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i < outline.length; i++) {
    const from = outline[i] as Point;
    const to = outline[(i + 1) % outline.length] as Point;
    if (from.y <= y !== to.y <= y) {
      crossings.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
    }
  }
  return crossings.sort((one, other) => one - other);
}

function takeBetween(take: TakeSpan, y: number, left: number, right: number): void {
  const from = Math.ceil(left - 0.5);
  const to = Math.ceil(right - 0.5);
  if (to > from) {
    take(y, from, to);
  }
}

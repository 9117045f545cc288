import type { Json } from "../relaxed-json";
import { boundsOf, onGrid, type Point, type Size } from "./geometry";

type Fields = Readonly<Record<string, Json>>;

/** How shapes of one kind stand in an answer and in `initial-value`. */
export interface ShapeFormat {
  /** Key of the list in the answer. */
  readonly key: string;
  /** The points of an item; null when it is none. */
  read(item: Fields): readonly Point[] | null;
  write(label: string, points: readonly Point[]): Fields;
}

/** A labelled item, read. */
export interface ReadShape {
  readonly label: string;
  readonly points: readonly Point[];
}

/** `{label, left, top, width, height}`. */
export const boxFormat: ShapeFormat = {
  key: "boundingBoxes",
  read: (item) => {
    const [at, width, height] = [
      pointOf({ x: item["left"] ?? null, y: item["top"] ?? null }),
      whole(item["width"]),
      whole(item["height"]),
    ];
    return at && width !== null && height !== null ? [at, { x: at.x + width, y: at.y + height }] : null;
  },
  write: (label, points) => {
    const { left, top, width, height } = boundsOf(points);
    return { height, label, left, top, width };
  },
};

/** `{label, x, y}`. */
export const pointFormat: ShapeFormat = {
  key: "keypoints",
  read: (item) => {
    const point = pointOf(item);
    return point && [point];
  },
  write: (label, [point]) => ({ label, x: point?.x ?? 0, y: point?.y ?? 0 }),
};

/** `{label, vertices: [{x, y}, …]}` under a key. */
export function verticesFormat(key: string, fewest: number): ShapeFormat {
  return {
    key,
    read: (item) => {
      const points = listOf(item["vertices"]).map((each) => pointOf(fieldsOf(each)));
      return points.length >= fewest && points.every((each) => each !== null) ? (points as Point[]) : null;
    },
    write: (label, points) => ({ label, vertices: points.map(({ x, y }) => ({ x, y })) }),
  };
}

/** The items of a list, or of a list under the format's key; what is no such shape is left out. */
export function readShapes(value: Json | undefined, format: ShapeFormat): readonly ReadShape[] {
  const items = Array.isArray(value) ? value : listOf(fieldsOf(value)[format.key]);
  return items.flatMap((each) => {
    const item = fieldsOf(each);
    const points = format.read(item);
    return points ? [{ label: String(item["label"] ?? ""), points }] : [];
  });
}

/** The items of an answer: whole pixels, and on the image as soon as its size is known. */
export function writeShapes(
  shapes: readonly ReadShape[],
  format: ShapeFormat,
  size: Size | null,
  inset: number,
): readonly Json[] {
  return shapes.map(({ label, points }) =>
    format.write(label, size ? points.map((point) => onGrid(point, size, inset)) : points),
  );
}

/** Whether two lists hold the same shapes, in whatever order. */
export function sameShapes(some: readonly Json[], others: readonly Json[]): boolean {
  const text = (shapes: readonly Json[]): string =>
    shapes
      .map((each) => JSON.stringify(each))
      .sort()
      .join();
  return text(some) === text(others);
}

function pointOf(item: Fields): Point | null {
  const [x, y] = [whole(item["x"]), whole(item["y"])];
  return x === null || y === null ? null : { x, y };
}

function whole(value: Json | undefined): number | null {
  const number = typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : NaN;
  return Number.isFinite(number) ? Math.round(number) : null;
}

function fieldsOf(value: Json | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

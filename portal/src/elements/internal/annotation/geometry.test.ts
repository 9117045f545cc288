import { expect, test } from "vitest";
import { boundsOf, crossesItself, distanceToPath, edgesMeet, moved, onGrid, type Point } from "./geometry";

const SIZE = { width: 100, height: 50 };
const points = (...flat: readonly (readonly [number, number])[]): Point[] => flat.map(([x, y]) => ({ x, y }));
const SQUARE = points([0, 0], [10, 0], [10, 10], [0, 10]);

test("positions are rounded and kept on the image, those that name a pixel off its far borders", () => {
  expect(onGrid({ x: 4.5, y: 7.4 }, SIZE)).toEqual({ x: 5, y: 7 });
  expect(onGrid({ x: -3, y: 60 }, SIZE)).toEqual({ x: 0, y: 50 });
  expect(onGrid({ x: 100, y: 60 }, SIZE, 1)).toEqual({ x: 99, y: 49 });
});

test("points move together and stop at the border without losing their shape", () => {
  expect(boundsOf(moved(SQUARE, { x: 200, y: -4 }, SIZE))).toEqual({ left: 90, top: 0, width: 10, height: 10 });
  expect(boundsOf(moved(SQUARE, { x: 200, y: 200 }, SIZE, 1))).toEqual({ left: 89, top: 39, width: 10, height: 10 });
});

test("the distance to a path counts the closing edge of a closed one alone", () => {
  expect(distanceToPath(SQUARE, true, { x: 0, y: 5 })).toBe(0);
  expect(distanceToPath(SQUARE, false, { x: 0, y: 5 })).toBe(5);
  expect(distanceToPath(points([3, 4]), false, { x: 0, y: 0 })).toBe(5);
  expect(distanceToPath(SQUARE, true, { x: 13, y: -4 })).toBe(5);
});

test.each([
  ["crossing", points([0, 0], [10, 10], [0, 10], [10, 0]), true],
  ["apart", points([0, 0], [10, 0], [0, 5], [10, 5]), false],
  ["one's end on the other", points([0, 0], [10, 0], [5, 0], [5, 5]), true],
  ["in line and overlapping", points([0, 0], [10, 0], [5, 0], [15, 0]), true],
  ["in line and apart", points([0, 0], [4, 0], [5, 0], [15, 0]), false],
  ["the line of one crossing the other's extension", points([0, 0], [10, 0], [20, -5], [20, 5]), false],
])("edges %s", (_, [a, b, c, d], meet) => {
  expect(edgesMeet(a as Point, b as Point, c as Point, d as Point)).toBe(meet);
  expect(edgesMeet(d as Point, c as Point, b as Point, a as Point)).toBe(meet);
});

test.each([
  ["a square", SQUARE, true, false],
  ["a bow tie", points([0, 0], [10, 10], [10, 0], [0, 10]), true, true],
  [
    "an open path that would cross when closed",
    points([5, 4], [8, 4], [8, 6], [2, 6], [2, 2], [10, 2], [10, 7]),
    false,
    false,
  ],
  ["the same path closed", points([5, 4], [8, 4], [8, 6], [2, 6], [2, 2], [10, 2], [10, 7]), true, true],
  ["a way that runs back over itself", points([0, 0], [10, 0], [5, 0]), false, true],
  ["a way that goes straight on", points([0, 0], [5, 0], [10, 0]), false, false],
  ["a triangle", points([0, 0], [10, 0], [5, 5]), true, false],
  ["a triangle without area", points([0, 0], [10, 0], [5, 0]), true, true],
  ["a point that touches another edge", points([0, 0], [10, 0], [5, 5], [5, 0]), false, true],
])("%s", (_, path, closed, crosses) => {
  expect(crossesItself(path, closed)).toBe(crosses);
});

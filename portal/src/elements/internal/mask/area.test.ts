import { describe, expect, test } from "vitest";
import { type Area, polygonArea, strokeArea } from "./area";

function pixelsOf(area: Area): Set<string> {
  const pixels = new Set<string>();
  area.spans((y, from, to) => {
    for (let x = from; x < to; x++) {
      pixels.add(`${x},${y}`);
    }
  });
  return pixels;
}

function pixelsWhere(holds: (x: number, y: number) => boolean): Set<string> {
  const pixels = new Set<string>();
  for (let y = -20; y < 80; y++) {
    for (let x = -20; x < 80; x++) {
      if (holds(x + 0.5, y + 0.5)) {
        pixels.add(`${x},${y}`);
      }
    }
  }
  return pixels;
}

function distance(x: number, y: number, a: readonly number[], b: readonly number[]): number {
  const [ax, ay, bx, by] = [...a, ...b] as [number, number, number, number];
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = square === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square, 0), 1);
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

describe("a stroke covers the pixels within the brush's radius of its path", () => {
  test.each([
    ["a dab", [10.3, 12.9], [10.3, 12.9], 6.2],
    ["a dab of one pixel", [10.5, 12.5], [10.5, 12.5], 0.5],
    ["a level move", [3.1, 20.2], [50.7, 20.2], 4.9],
    ["an upright move", [9.2, 5.1], [9.2, 48.6], 7.3],
    ["a slanted move", [50.3, 44.4], [6.1, 9.7], 5.6],
    ["a steep move of a thin brush", [12.2, 3.3], [17.7, 60.1], 0.8],
    ["a short move of a wide brush", [30.1, 30.2], [31.3, 29.4], 14.7],
  ])("%s", (_, a, b, radius) => {
    const [ax, ay, bx, by] = [...a, ...b] as [number, number, number, number];
    const stroke = strokeArea({ x: ax, y: ay }, { x: bx, y: by }, radius);
    expect(pixelsOf(stroke)).toEqual(pixelsWhere((x, y) => distance(x, y, a, b) <= radius - (radius === 0.5 ? 0.1 : 0)));
  });
});

describe("an outline covers the pixels whose centers it holds", () => {
  const corners = (...pairs: [number, number][]): { x: number; y: number }[] => pairs.map(([x, y]) => ({ x, y }));

  test("a rectangle on whole pixels covers exactly those", () => {
    const rectangle = polygonArea(corners([2, 3], [7, 3], [7, 6], [2, 6]));
    expect(pixelsOf(rectangle)).toEqual(pixelsWhere((x, y) => x > 2 && x < 7 && y > 3 && y < 6));
  });

  test("two rectangles side by side share no pixel and leave none out", () => {
    const left = pixelsOf(polygonArea(corners([0, 0], [4.5, 0], [4.5, 8], [0, 8])));
    const right = pixelsOf(polygonArea(corners([4.5, 0], [9, 0], [9, 8], [4.5, 8])));
    expect([...left].filter((pixel) => right.has(pixel))).toEqual([]);
    expect(left.size + right.size).toBe(72);
  });

  test("a triangle", () => {
    const triangle = polygonArea(corners([0.2, 0.1], [40.2, 0.1], [0.2, 30.1]));
    expect(pixelsOf(triangle)).toEqual(pixelsWhere((x, y) => x > 0.2 && y > 0.1 && (x - 0.2) / 40 + (y - 0.1) / 30 < 1));
  });

  test("what an outline crosses twice is outside", () => {
    const bow = pixelsOf(polygonArea(corners([0, 0], [20, 20], [20, 0], [0, 20])));
    expect([bow.has("2,10"), bow.has("18,10"), bow.has("10,2"), bow.has("10,18")]).toEqual([true, true, false, false]);
  });

  test("fewer than three corners cover nothing", () => {
    expect(pixelsOf(polygonArea(corners([1, 1], [9, 9]))).size).toBe(0);
    expect(pixelsOf(polygonArea([])).size).toBe(0);
  });
});

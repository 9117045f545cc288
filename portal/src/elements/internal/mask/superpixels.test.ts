import { describe, expect, test } from "vitest";
import { boundsOf, type Point } from "../annotation/geometry";
import { findSuperpixels } from "./find-superpixels";
import { inOnePiece, type Superpixels } from "./one-piece";
import { SuperpixelMap } from "./superpixel-map";

type Color = readonly [number, number, number];

function picture(width: number, height: number, colorOf: (x: number, y: number) => Color): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.set([...colorOf(at % width, Math.floor(at / width)), 255], at * 4);
  }
  return rgba;
}

/** Pixels that a walk inside of one region reaches from its first pixel. */
function reachable(found: Superpixels, region: number): number {
  const { width, regions } = found;
  const seen = new Set([regions.indexOf(region)]);
  for (const at of seen) {
    const x = at % width;
    for (const next of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width]) {
      if (regions[next] === region) {
        seen.add(next);
      }
    }
  }
  return seen.size;
}

function expectWhole(found: Superpixels): void {
  const map = new SuperpixelMap(found);
  const count = found.boxes.length / 4;
  let covered = 0;
  for (let region = 0; region < count; region++) {
    let size = 0;
    const corners: Point[] = [];
    map.area(region).spans((y, from, to) => {
      size += to - from;
      corners.push({ x: from, y }, { x: to, y: y + 1 });
    });
    expect(reachable(found, region)).toBe(size);
    expect(map.box(region)).toEqual(boundsOf(corners));
    expect(map.regionAt(map.heart(region))).toBe(region);
    covered += size;
  }
  expect(covered).toBe(found.width * found.height);
}

describe("superpixels", () => {
  const slanted = (x: number, y: number): Color => (x + 2 * y < 150 ? [210, 60, 50] : [40, 90, 200]);

  test("follow the picture's edges, in pieces that together are the whole image", () => {
    const found = findSuperpixels(picture(120, 80, slanted), 120, 80, 10);
    expectWhole(found);
    expect(found.boxes.length / 4).toBeGreaterThan(60);
    expect(found.boxes.length / 4).toBeLessThan(160);
    const mixed = [...found.regions.keys()].filter((at) => {
      const sample = found.regions.indexOf(found.regions[at] as number);
      const red = (each: number): boolean => slanted(each % 120, Math.floor(each / 120))[0] > 100;
      return red(sample) !== red(at);
    });
    expect(mixed.length).toBeLessThan(60);
  });

  test("keep to an edge in full size where the image is looked at in a reduced one", () => {
    const upright = (x: number): Color => (x < 701 ? [30, 140, 60] : [220, 220, 90]);
    const found = findSuperpixels(picture(1600, 1000, upright), 1600, 1000, 50);
    const map = new SuperpixelMap(found);
    const across = [...new Set(found.regions)].filter((region) => {
      const box = map.box(region);
      return box.left < 701 && box.left + box.width > 701;
    });
    expect(across).toEqual([]);
  });

  test("an even picture divides evenly, and one pixel is a region too", () => {
    const found = findSuperpixels(picture(64, 64, () => [9, 9, 9]), 64, 64, 16);
    expect(found.boxes.length / 4).toBe(16);
    expectWhole(found);
    expectWhole(findSuperpixels(picture(1, 1, () => [9, 9, 9]), 1, 1, 16));
  });

  test("noise, too, comes out in one piece each", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 16807) % 2147483647) % 256;
    expectWhole(findSuperpixels(picture(90, 70, () => [random(), random(), random()]), 90, 70, 9));
  });

  test("an area of like values in two places becomes two regions, and a crumb joins its neighbor", () => {
    const rows = ["aabba", "abbca", "aabba"];
    const values = Uint16Array.from(rows.join(""), (letter) => letter.charCodeAt(0));
    const found = inOnePiece(values, 5, 3, 2);
    expect([...found.regions].join("")).toBe("001120111200112");
    expectWhole(found);
  });
});

describe("moving through superpixels", () => {
  const found = findSuperpixels(picture(64, 64, () => [9, 9, 9]), 64, 64, 16);
  const map = new SuperpixelMap(found);

  test("each step goes to the next region, and the last one stays", () => {
    let at = map.heart(0);
    const visited = [map.regionAt(at)];
    for (let step = 0; step < 4; step++) {
      at = map.next(at, 1, 0);
      visited.push(map.regionAt(at));
    }
    expect(visited).toEqual([0, 1, 2, 3, 3]);
    expect(map.regionAt(map.next(at, 0, 1))).toBe(7);
  });

  test("lines run between regions only", () => {
    const lines = map.lines(32, 32, 0xff000000);
    expect(lines.filter((each) => each !== 0).length).toBe(3 * 32 + 3 * 32 - 9);
  });
});

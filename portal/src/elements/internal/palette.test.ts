import { expect, test } from "vitest";
import { paletteColor } from "./palette";

test("fifty labels have fifty colours, the first ten of them category10's", () => {
  const colors = Array.from({ length: 50 }, (_, index) => paletteColor(index));
  expect(new Set(colors).size).toBe(50);
  expect(colors.every((color) => /^#[0-9a-f]{6}$/.test(color))).toBe(true);
  expect([colors[0], colors[9]]).toEqual(["#1f77b4", "#17becf"]);
});

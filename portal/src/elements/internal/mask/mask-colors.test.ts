import { expect, test } from "vitest";
import { isMaskColor, labelColors, pixelOf, pixelsOf, valuesOf } from "./mask-colors";

const ENTRIES = [
  { value: 1, label: "Road", color: "#1f77b4" },
  { value: 7, label: "Tree", color: "#2CA02C" },
];

test("a color becomes its bytes, opaque", () => {
  const bytes = (color: string): number[] => [...new Uint8Array(Uint32Array.of(pixelOf(color)).buffer)];
  expect(bytes("#1f77b4")).toEqual([31, 119, 180, 255]);
  expect(bytes("#0Af")).toEqual([0, 170, 255, 255]);
});

test("only colors of three or six digits count", () => {
  expect(["#1f77b4", "#FFF", "red", "#12345", "#1f77b4ff", "", null, 7].map(isMaskColor)).toEqual([
    true, true, false, false, false, false, false, false,
  ]);
});

test("values become colors and colors become values; what nobody knows is unpainted", () => {
  const values = Uint8Array.of(0, 1, 1, 7, 9, 0);
  const pixels = pixelsOf(ENTRIES);
  const picture = Uint32Array.from(values, (value) => pixels[value] as number);
  expect([...picture]).toEqual([0, pixelOf("#1f77b4"), pixelOf("#1f77b4"), pixelOf("#2ca02c"), 0, 0]);
  picture[5] = pixelOf("#1f77b5");
  const back = new Uint8Array(8).fill(200);
  valuesOf(picture, ENTRIES, back, 1);
  expect([...back]).toEqual([200, 0, 1, 1, 7, 0, 0, 200]);
});

test("labels keep the colors they were given; others have that of their place unless it is taken", () => {
  const colors = (labels: string[], given: Record<string, string>): string[] => {
    const found = labelColors(labels, given);
    return labels.map((label) => found.get(label) ?? "");
  };
  expect(colors(["a", "b", "c"], {})).toEqual(["#1f77b4", "#ff7f0e", "#2ca02c"]);
  expect(colors(["a", "b", "c"], { a: "#2CA02C" })).toEqual(["#2CA02C", "#ff7f0e", "#d62728"]);
  expect(new Set(colors([..."abcdefghijklmnopqrstuvwxyz"], { z: "#ff7f0e" })).size).toBe(26);
});

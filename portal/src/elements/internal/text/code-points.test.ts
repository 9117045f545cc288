import { expect, test } from "vitest";
import { CodePoints } from "./code-points";

test("a text of plain letters has the same offsets in both counts", () => {
  const offsets = new CodePoints("abc\r\n\td");
  expect([offsets.length, offsets.unitOf(5), offsets.ofUnit(7)]).toEqual([7, 5, 7]);
});

test("what lies behind an emoji has one code point for its two units; marks and joiners count", () => {
  const text = "a😀e\u0301👩‍🚀z";
  const offsets = new CodePoints(text);
  expect(offsets.length).toBe([...text].length);
  expect([...text].map((_, index) => offsets.unitOf(index))).toEqual([0, 1, 3, 4, 5, 7, 8, 10]);
  expect(offsets.ofUnit(text.indexOf("z"))).toBe(7);
  expect(offsets.unitOf(8)).toBe(text.length);
});

test("a unit inside of a pair belongs to its code point, a lone surrogate is one", () => {
  expect(new CodePoints("😀x").ofUnit(1)).toBe(0);
  expect(new CodePoints("\ud83dx😀").length).toBe(3);
});

test("offsets outside of the text are clamped", () => {
  expect([new CodePoints("ab").unitOf(-3), new CodePoints("a😀").unitOf(99)]).toEqual([0, 3]);
});

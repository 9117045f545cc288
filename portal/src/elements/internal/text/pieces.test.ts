import { expect, test } from "vitest";
import { pieceAt, piecesOf, segmentsOf } from "./pieces";

test("a text is split at every kind of line break, and nothing of it is lost", () => {
  const text = "one\r\ntwo\n\nfour\rfive\n";
  expect(piecesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(["one", "two", "", "four", "five", ""]);
  expect(piecesOf("")).toEqual([{ start: 0, end: 0, block: 0 }]);
});

test("a long paragraph is cut behind white space into pieces of one block", () => {
  const text = "word ".repeat(1000);
  const pieces = piecesOf(text);
  expect(pieces.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
  expect(Math.max(...pieces.map(({ start, end }) => end - start))).toBeLessThanOrEqual(1200);
  expect(pieces.map(({ block }) => block)).toEqual([0, 0, 0, 0, 0]);
  expect(pieces.every(({ start }) => start % 5 === 0)).toBe(true);
});

test("a very long paragraph is drawn in several blocks", () => {
  const blocks = piecesOf(`${"word ".repeat(2000)}\nnext`).map(({ block }) => block);
  expect(blocks).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
});

test("a paragraph without white space is cut, but no surrogate pair", () => {
  const text = `a${"😀".repeat(1500)}`;
  expect(piecesOf(text).every(({ start }) => start === 0 || start % 2 === 1)).toBe(true);
});

test("a line break belongs to the piece before it", () => {
  const pieces = piecesOf("ab\r\ncd");
  expect([0, 1, 2, 3, 4, 6].map((unit) => pieceAt(pieces, unit))).toEqual([0, 0, 0, 0, 1, 1]);
});

test("overlapping marks cut a piece into segments, each with what covers it, the longest first", () => {
  const long = { start: 2, end: 9 };
  const short = { start: 5, end: 20 };
  expect(segmentsOf({ start: 0, end: 12, block: 0 }, [long, short])).toEqual([
    { start: 0, end: 2, marks: [] },
    { start: 2, end: 5, marks: [long] },
    { start: 5, end: 9, marks: [short, long] },
    { start: 9, end: 12, marks: [short] },
  ]);
  expect(segmentsOf({ start: 4, end: 4, block: 1 }, [])).toEqual([{ start: 4, end: 4, marks: [] }]);
});

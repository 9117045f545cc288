import { expect, test } from "vitest";
import { moved, trimmed } from "./caret";

test("a letter is what people see as one: emoji of several code points, letters with marks, CRLF", () => {
  const text = "a👩‍🚀e\u0301\r\nb";
  const stops = [0];
  while ((stops.at(-1) ?? 0) < text.length) {
    stops.push(moved(text, stops.at(-1) ?? 0, "letter", true));
  }
  expect(stops).toEqual([0, 1, 6, 8, 10, 11]);
  expect(moved(text, 6, "letter", false)).toBe(1);
});

test("a word's end lies ahead, its begin behind", () => {
  const text = "I saw  Ann, twice";
  expect(moved(text, 6, "word", true)).toBe(10);
  expect(moved(text, 10, "word", false)).toBe(7);
  expect(moved(text, 7, "word", false)).toBe(2);
  expect([moved(text, 17, "word", true), moved(text, 0, "word", false)]).toEqual([17, 0]);
});

test("a step reaches beyond a long run without words", () => {
  const text = `a${" ".repeat(2000)}b`;
  expect(moved(text, 1, "word", true)).toBe(text.length);
});

test("the edges of a paragraph and of the text", () => {
  const text = "ab\ncd\r\nef";
  expect([moved(text, 4, "paragraph", false), moved(text, 4, "paragraph", true)]).toEqual([3, 5]);
  expect([moved(text, 0, "paragraph", false), moved(text, 8, "paragraph", true)]).toEqual([0, 9]);
  expect([moved(text, 4, "text", false), moved(text, 4, "text", true)]).toEqual([0, 9]);
});

test("white space at the ends is no part of a selection, unless there is nothing else", () => {
  expect(trimmed(" a b\n", 0, 5)).toEqual([1, 4]);
  expect(trimmed("a  b", 1, 3)).toEqual([1, 3]);
});

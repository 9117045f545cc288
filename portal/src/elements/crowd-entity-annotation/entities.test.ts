import { expect, test } from "vitest";
import { CodePoints } from "../internal/text/code-points";
import { added, areSame, covering, readEntities, relabeled, removed, writeEntities } from "./entities";

const offsets = new CodePoints("😀 Ann in Oslo");
const ANN = { start: 3, end: 6, label: "per" };

test("offsets of answers are code points, and come back as they were", () => {
  const saved = [{ endOffset: 5, label: "per", startOffset: 2 }];
  expect(readEntities(saved, offsets)).toEqual([ANN]);
  expect(readEntities({ entities: saved }, offsets)).toEqual([ANN]);
  expect(writeEntities([ANN], offsets)).toEqual(saved);
});

test("what covers no text, has no label or comes twice is left out; the rest is in the order of the text", () => {
  const value = [
    { startOffset: 6, endOffset: 8, label: "b" },
    { startOffset: 2, endOffset: 5, label: "a" },
    { startOffset: 2, endOffset: 5, label: "a" },
    { startOffset: 4, endOffset: 4, label: "a" },
    { startOffset: 90, endOffset: 99, label: "a" },
    { startOffset: "x", endOffset: 3, label: "a" },
    { startOffset: 2, endOffset: 5 },
    null,
  ];
  expect(readEntities(value, offsets)).toEqual([
    { start: 3, end: 6, label: "a" },
    { start: 7, end: 9, label: "b" },
  ]);
  expect(readEntities("none", offsets)).toEqual([]);
});

test("several labels on one span are several entities, the same label again is none", () => {
  const two = added(added([], ANN), { ...ANN, label: "role" });
  expect(two.map(({ label }) => label)).toEqual(["per", "role"]);
  expect(added(two, { ...ANN })).toBe(two);
});

test("a change of the label keeps the span, and merges with an equal one", () => {
  const other = { ...ANN, label: "role" };
  expect(relabeled([ANN], ANN, "role")).toEqual([other]);
  expect(relabeled([ANN, other], ANN, "role")).toEqual([other]);
  expect(removed([ANN, other], ANN)).toEqual([other]);
});

test("the same entities in another order are no change", () => {
  const other = { ...ANN, label: "role" };
  expect([areSame([ANN, other], [other, { ...ANN }]), areSame([ANN], [other]), areSame([ANN], [])]).toEqual([true, false, false]);
});

test("of the spans around a letter the shortest comes first", () => {
  const long = { start: 0, end: 13, label: "all" };
  expect(covering([long, ANN], 4)).toEqual([ANN, long]);
  expect(covering([long, ANN], 6)).toEqual([long]);
});

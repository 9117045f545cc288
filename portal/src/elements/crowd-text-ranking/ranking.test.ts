import { expect, test } from "vitest";
import { dimensionsOf, inOrder, ranked, ranksOf } from "./ranking";

test("without ties the ranks of two responses are exchanged, with ties both keep theirs", () => {
  expect(ranked([1, 2, null], 1, 1, false)).toEqual([2, 1, null]);
  expect(ranked([1, null, null], 1, 1, false)).toEqual([null, 1, null]);
  expect(ranked([1, 2, null], 1, 1, true)).toEqual([1, 1, null]);
});

test("dimensions have names, ties are off by default", () => {
  expect(dimensionsOf([{ name: "Clear", allowTie: true }, { name: "Polite" }, { allowTie: true }, null])).toEqual([
    { name: "Clear", allowTie: true },
    { name: "Polite", allowTie: false },
  ]);
});

test("saved ranks come back by the dimension's name; what is no rank is none", () => {
  const saved = [{ name: "Clear", responseRankings: [2, 7, null] }];
  expect(ranksOf(saved, "Clear", 3)).toEqual([2, null, null]);
  expect(ranksOf(saved, "Polite", 2)).toEqual([null, null]);
});

test("the order lists the best first, ties in the order of the responses", () => {
  expect(inOrder([2, 1, null, 2])).toEqual([
    [1, 1],
    [2, 0],
    [2, 3],
  ]);
});

import { expect, test } from "vitest";
import { labelNamed, labelsOf } from "./labels";

test("both display names default to the label; longDisplayName is another word for fullDisplayName", () => {
  const labels = labelsOf([
    { label: "per" },
    { label: "org", fullDisplayName: "Organization", shortDisplayName: "ORG" },
    { label: "loc", longDisplayName: "Place" },
    "date",
  ]);
  expect(labels.map(({ label, full, short }) => [label, full, short])).toEqual([
    ["per", "per", "per"],
    ["org", "Organization", "ORG"],
    ["loc", "Place", "loc"],
    ["date", "date", "date"],
  ]);
  expect(new Set(labels.map(({ color }) => color)).size).toBe(4);
});

test("what is no label, or the same one again, is left out", () => {
  expect(labelsOf([null, {}, "a", { label: "a", shortDisplayName: "x" }, ["b"]]).map(({ label }) => label)).toEqual(["a"]);
  expect(labelsOf("a")).toEqual([]);
});

test("a label that is gone from the list still has a name", () => {
  expect(labelNamed(labelsOf(["a"]), "b")).toMatchObject({ label: "b", full: "b", short: "b" });
});

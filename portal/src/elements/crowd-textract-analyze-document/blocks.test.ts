import { expect, test } from "vitest";
import { areaOf, type Block, missingKeys, pairsOf, reviewed, type Verdict, verdictIn } from "./blocks";

const key = (id: string, text: string, ...values: string[]): Block => ({
  blockType: "KEY_VALUE_SET",
  id,
  text,
  confidence: 90,
  geometry: { boundingBox: { left: 0.1, top: 0.2, width: 0.3, height: 0.05 } },
  entityTypes: ["KEY"],
  relationships: [{ type: "VALUE", ids: values }, { type: "CHILD", ids: ["w"] }],
});
const value = (id: string, text: string): Block => ({ blockType: "KEY_VALUE_SET", id, text, entityTypes: ["VALUE"] });
const BLOCKS = [key("k1", "Total:", "v1"), value("v1", "12"), key("k2", "Name", "v2", "v3"), value("v2", "Ann"), value("v3", "B.")];
const TOTAL = [{ importantFormKey: "Sum", importantFormKeyAliases: ["total"] }, { importantFormKey: "Date" }];
const review = (verdicts: Record<string, Verdict>): unknown[] =>
  reviewed(BLOCKS, pairsOf(BLOCKS, []), (pair) => verdicts[pair.name]);

test("a key's values are those it names; the texts of several go together", () => {
  expect(pairsOf(BLOCKS, []).map(({ name, text }) => [name, text])).toEqual([
    ["Total:", "12"],
    ["Name", "Ann B."],
  ]);
});

test("important keys choose the pairs by name or alias, without case and colon; those not found are told", () => {
  const pairs = pairsOf(BLOCKS, TOTAL);
  expect(pairs.map(({ name }) => name)).toEqual(["Total:"]);
  expect(missingKeys(pairs, TOTAL)).toEqual(["Date"]);
});

test("blocks go into the answer without confidence and geometry, child relations stay", () => {
  expect(review({})[0]).toEqual({
    blockType: "KEY_VALUE_SET",
    id: "k1",
    text: "Total:",
    entityTypes: ["KEY"],
    relationships: [{ type: "VALUE", ids: ["v1"] }, { type: "CHILD", ids: ["w"] }],
  });
  expect(review({})).toHaveLength(5);
});

test("a corrected text, a blank value and a key that is not there come back from the answer", () => {
  const verdicts: Record<string, Verdict> = {
    "Total:": { verdict: "not-found", name: "Total:", text: "12" },
    Name: { verdict: "corrected", name: "Name", text: "Ann C." },
  };
  const saved = review(verdicts) as Block[];
  expect(saved.map(({ id, text }) => [id, text])).toEqual([
    ["k2", "Name"],
    ["v2", "Ann C."],
    ["v3", ""],
  ]);
  for (const pair of pairsOf(BLOCKS, [])) {
    expect(verdictIn(saved, pair)).toEqual(verdicts[pair.name]);
  }
  const blank: Verdict = { verdict: "blank", name: "Total:", text: "" };
  const pair = pairsOf(BLOCKS, [])[0]!;
  expect(verdictIn(review({ "Total:": blank }) as Block[], pair)).toEqual(blank);
  expect(verdictIn(review({}) as Block[], pair)).toBeUndefined();
});

test("a block's place is its bounding box", () => {
  expect(areaOf(BLOCKS[0]!)).toEqual({ left: 0.1, top: 0.2, width: 0.3, height: 0.05 });
  expect(areaOf(BLOCKS[1]!)).toBeNull();
});

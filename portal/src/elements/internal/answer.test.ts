import { describe, expect, test } from "vitest";
import { assembleAnswer, type Contribution, flattenAnswer } from "./answer";

const value = (text: string): Contribution => ({ kind: "value", value: text });
const flags = (map: Record<string, boolean>): Contribution => ({ kind: "flags", flags: map });

describe("assembleAnswer", () => {
  test("flags of one name merge", () => {
    expect(assembleAnswer([["f", flags({ dark: true })], ["f", flags({ wet: false })]])).toEqual({
      f: { dark: true, wet: false },
    });
  });

  test("a last hidden input named _ discards the helpers of its name", () => {
    const helpers: [string, Contribution][] = [["_", value("draft")], ["_", flags({ on: true })], ["_", value("_")]];
    expect(assembleAnswer(helpers)).toEqual({ _: "_" });
  });

  test("flags after a value of the same name replace it", () => {
    expect(assembleAnswer([["a", value("x")], ["a", flags({ on: false })]])).toEqual({ a: { on: false } });
  });

  test("keys come out sorted, inside objects too, and names are taken as they are", () => {
    const answer = assembleAnswer([["src", value("a")], ["ok", flags({ y: true, n: false })], ["_a b/c.d-", value("")]]);
    expect(JSON.stringify(answer)).toBe('{"_a b/c.d-":"","ok":{"n":false,"y":true},"src":"a"}');
  });

  test("a control named __proto__ is a key like any other", () => {
    expect(JSON.stringify(assembleAnswer([["__proto__", value("x")]]))).toBe('{"__proto__":"x"}');
  });
});

describe("flattenAnswer", () => {
  test("nested objects and lists become dotted keys", () => {
    expect(flattenAnswer({ q: { on: true, a: { b: 1 } }, l: ["x", { y: 2 }], t: "text" })).toEqual({
      "l.0": "x",
      "l.1.y": 2,
      "q.a.b": 1,
      "q.on": true,
      t: "text",
    });
  });

  test("what is empty stays", () => {
    expect(flattenAnswer({ a: {}, b: [], c: null })).toEqual({ a: {}, b: [], c: null });
  });
});

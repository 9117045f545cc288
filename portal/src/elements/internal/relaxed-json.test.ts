import { describe, expect, test } from "vitest";
import { compactJson, parseRelaxedJson } from "./relaxed-json";

describe("relaxed JSON", () => {
  test.each([
    ["single quotes and a trailing comma", "['A', 'B',]", ["A", "B"]],
    ["bare keys", "{ text: 'Nothing fits' }", { text: "Nothing fits" }],
    ["comments", "[ // first\n 'a', /* 'b', */ 'c' ]", ["a", "c"]],
    ["new lines everywhere", "\n[\n\t'a'\n,\n'b'\n]\n", ["a", "b"]],
    ["empty list items", "[ , 'a', , 'b', , ]", ["a", "b"]],
    ["a list of nothing but commas", "[ , ]", []],
    ["an address without quotes", "{ src: https://b.example/k.png?a=1&b=2 }", { src: "https://b.example/k.png?a=1&b=2" }],
    ["an address in quotes", '{"src":"https://b.example/a,b"}', { src: "https://b.example/a,b" }],
    ["commas and slashes inside texts", `['a,,b', "c // d", 'it\\'s']`, ["a,,b", "c // d", "it's"]],
    ["numbers and words", "{a: -1.5, b: true, c: null, d: +2, e: .5}", { a: -1.5, b: true, c: null, d: 2, e: 0.5 }],
  ])("takes %s", (_, text, value) => {
    expect(parseRelaxedJson(text)).toEqual(value);
  });

  test.each(["['a'", "labels", "{a:}", "['a' 'b']"])("refuses %s", (text) => {
    expect(() => parseRelaxedJson(text)).toThrow(SyntaxError);
  });

  test("is written back compact with double quotes", () => {
    expect(compactJson(parseRelaxedJson("[ 'A', 'B' ]"))).toBe('["A","B"]');
  });
});

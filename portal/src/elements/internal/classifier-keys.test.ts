import { expect, test } from "vitest";
import { keysOf } from "./classifier-keys";

test("the first ten categories answer to 1 to 9 and 0, the rest to no key", () => {
  const keys = keysOf(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]);
  expect(keys).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", undefined]);
});

test("categories that are all digits answer to themselves", () => {
  expect(keysOf(["0", "7"])).toEqual(["0", "7"]);
  expect(keysOf(["0", "none"])).toEqual(["1", "2"]);
});

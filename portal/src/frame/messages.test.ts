import { expect, test } from "vitest";
import { readPortalMessage } from "./messages";
import { withoutQuery } from "./renewal";

test("before start only start counts, and it must bring a nonce", () => {
  expect(readPortalMessage({ groundwork: 1, nonce: "n", type: "collect" }, null)).toBeNull();
  expect(readPortalMessage({ groundwork: 1, nonce: "", type: "start" }, null)).toBeNull();
  expect(readPortalMessage({ groundwork: 1, nonce: "n", type: "start", draft: { a: "x" } }, null)).toEqual({
    type: "start",
    nonce: "n",
    preview: false,
    firstTask: false,
    draft: { a: "x" },
  });
});

test("after start a message with another nonce is not the portal's", () => {
  expect(readPortalMessage({ groundwork: 1, nonce: "other", type: "collect" }, "n")).toBeNull();
  expect(readPortalMessage({ groundwork: 1, nonce: "n", type: "collect" }, "n")).toEqual({ type: "collect" });
  expect(readPortalMessage({ groundwork: 1, nonce: "n", type: "start" }, "n")).toBeNull();
});

test("fresh addresses that are no texts are left out", () => {
  expect(readPortalMessage({ groundwork: 1, nonce: "n", type: "urls", urls: { a: "u", b: 1 } }, "n")).toEqual({
    type: "urls",
    urls: { a: "u" },
  });
});

test("an address is known again without its signature", () => {
  expect(withoutQuery("https://b.example/k.png?X-Amz-Signature=1#x")).toBe("https://b.example/k.png");
});

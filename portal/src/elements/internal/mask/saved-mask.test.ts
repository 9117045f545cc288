import { expect, test } from "vitest";
import { addressOf, isSavedMask, mappedColors, savedInstances } from "./saved-mask";

test("colors of labels are read as far as they are colors", () => {
  const labelMappings = { Road: { color: "#1F77B4" }, Tree: { color: "green" }, Sky: {}, Sea: null };
  expect(mappedColors({ labelMappings, src: "m.png" })).toEqual({ Road: "#1F77B4" });
  expect([mappedColors(undefined), mappedColors([]), mappedColors({ labelMappings: "Road" })]).toEqual([{}, {}, {}]);
});

test("instances get values in their order, without those that have no color", () => {
  const instances = [{ color: "#2ca02c", label: "Cat" }, { label: "Dog" }, null, { color: "#0af", label: "Cat" }];
  expect(savedInstances({ instances })).toEqual([
    { value: 1, label: "Cat", color: "#2ca02c" },
    { value: 2, label: "Cat", color: "#0af" },
  ]);
  expect(savedInstances({ instances: Array.from({ length: 300 }, () => instances[0] ?? null) })).toHaveLength(255);
  expect([savedInstances(null), savedInstances({ instances: {} })]).toEqual([[], []]);
});

test("an answer without a picture is no mask, and an initial value without one has no address", () => {
  expect([{ labeledImage: { pngImageData: "iVBO" } }, { labeledImage: {} }, {}, null].map(isSavedMask)).toEqual([true, false, false, false]);
  expect([addressOf({ src: "https://b.example/m.png" }), addressOf({ src: null }), addressOf("x")]).toEqual(["https://b.example/m.png", "", ""]);
});

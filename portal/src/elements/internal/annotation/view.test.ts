import { expect, test } from "vitest";
import { fitView, panView, toImage, toStage, zoomView } from "./view";

const IMAGE = { width: 400, height: 200 };
const ROOM = { width: 800, height: 800 };

test("a fitted image is as large as the stage allows, and in its middle", () => {
  expect(fitView(IMAGE, ROOM)).toEqual({ scale: 2, x: 0, y: 200 });
  expect(fitView({ width: 4000, height: 3000 }, ROOM).scale).toBe(0.2);
});

test("zooming keeps what is under the pointer in its place", () => {
  const at = { x: 300, y: 420 };
  const view = zoomView(fitView(IMAGE, ROOM), 4, at, IMAGE, ROOM);
  expect(view.scale).toBe(8);
  expect(toImage(view, at)).toEqual(toImage(fitView(IMAGE, ROOM), at));
});

test("zoom goes from the smaller of fitting and 1 to at least ten times the fitting size", () => {
  const fit = fitView(IMAGE, ROOM);
  expect(zoomView(fit, 1e6, { x: 400, y: 400 }, IMAGE, ROOM).scale).toBe(20);
  expect(zoomView(fit, 1e-6, { x: 400, y: 400 }, IMAGE, ROOM).scale).toBe(1);
  const large = { width: 8000, height: 8000 };
  expect(zoomView(fitView(large, ROOM), 0.5, { x: 0, y: 0 }, large, ROOM).scale).toBe(0.1);
});

test("an image can't be lost: it stays in the middle while it fits, and covers the stage but for a margin", () => {
  expect(panView(fitView(IMAGE, ROOM), { x: 500, y: 500 }, IMAGE, ROOM)).toEqual(fitView(IMAGE, ROOM));
  const near = { scale: 10, x: 0, y: 0 };
  expect(panView(near, { x: 1000, y: 1000 }, IMAGE, ROOM)).toEqual({ scale: 10, x: 48, y: 48 });
  expect(panView(near, { x: -9000, y: -9000 }, IMAGE, ROOM)).toEqual({ scale: 10, x: -3248, y: -1248 });
});

test("stage and image positions are each other's inverse", () => {
  const view = { scale: 3, x: 10, y: -20 };
  expect(toImage(view, toStage(view, { x: 7, y: 8 }))).toEqual({ x: 7, y: 8 });
});

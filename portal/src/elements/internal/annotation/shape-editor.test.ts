import { beforeEach, expect, test } from "vitest";
import { box, path } from "./kind";
import { Drawer } from "./drawer";
import { shapeAround, shapeAt } from "./hit";
import { type EditorListener, ShapeEditor } from "./shape-editor";

const SIZE = { width: 100, height: 100 };
let said: (string | null)[];
let edits: number;

const listener: EditorListener = {
  live: () => undefined,
  settled: (edited) => (edits += edited ? 1 : 0),
  say: (text) => said.push(text),
};

function boxes(): ShapeEditor {
  const editor = new ShapeEditor(box, listener);
  editor.size = SIZE;
  editor.load([
    {
      label: "large",
      points: [
        { x: 0, y: 0 },
        { x: 80, y: 80 },
      ],
    },
    {
      label: "small",
      points: [
        { x: 20, y: 20 },
        { x: 40, y: 40 },
      ],
    },
  ]);
  return editor;
}

beforeEach(() => {
  said = [];
  edits = 0;
});

test("a press inside nested boxes means the smallest", () => {
  expect(shapeAround(boxes(), { x: 30, y: 30 })?.label).toBe("small");
  expect(shapeAround(boxes(), { x: 50, y: 50 })?.label).toBe("large");
  expect(shapeAround(boxes(), { x: 90, y: 90 })).toBeNull();
});

test("a press on a line means the nearest shape, and the selected one before others", () => {
  const editor = boxes();
  editor.add("near", [
    { x: 22, y: 22 },
    { x: 60, y: 60 },
  ]);
  editor.select(null);
  expect(shapeAt(editor, { x: 20.4, y: 30 }, 5)?.label).toBe("small");
  editor.select(editor.shapes[2]?.id ?? null);
  expect(shapeAt(editor, { x: 20.4, y: 30 }, 5)?.label).toBe("near");
  expect(shapeAt(editor, { x: 10, y: 10 }, 5)).toBeNull();
});

test("nudges in a row are one step back", () => {
  const editor = boxes();
  editor.select(editor.shapes[1]?.id ?? null, true);
  for (let i = 0; i < 5; i++) {
    editor.nudge({ x: 1, y: 0 });
  }
  expect(editor.selection?.points[0]).toEqual({ x: 25, y: 20 });
  editor.undo();
  expect(editor.selection?.points[0]).toEqual({ x: 20, y: 20 });
  expect(editor.canUndo).toBe(false);
});

test("what is edited and not settled can be dropped, and leaves no trace in the history", () => {
  const editor = boxes();
  editor.select(editor.shapes[1]?.id ?? null);
  editor.edit([
    { x: 1, y: 1 },
    { x: 9, y: 9 },
  ]);
  editor.revert();
  expect(editor.selection?.points[0]).toEqual({ x: 20, y: 20 });
  expect([editor.canUndo, edits]).toEqual([false, 0]);
});

test("a box of no width is refused", () => {
  const editor = boxes();
  editor.select(editor.shapes[1]?.id ?? null);
  expect(
    editor.edit([
      { x: 5, y: 5 },
      { x: 5, y: 9 },
    ]),
  ).toBe(false);
  expect(said.at(-1)).toMatch(/at least one pixel/);
});

test("a handle pulled over the opposite side turns the box over", () => {
  const points = [
    { x: 20, y: 20 },
    { x: 40, y: 40 },
  ];
  expect(box.withHandle(points, 7, { x: 60, y: 0 }, SIZE)).toEqual([
    { x: 40, y: 20 },
    { x: 60, y: 40 },
  ]);
  expect(box.withHandle(points, 4, { x: 200, y: 10 }, SIZE)).toEqual([
    { x: 20, y: 10 },
    { x: 100, y: 20 },
  ]);
});

test("a point taken out of a path with no point to spare is refused", () => {
  const editor = new ShapeEditor(path({ noun: "polygon", fewest: 3, closed: true }), listener);
  editor.size = SIZE;
  editor.add("lake", [
    { x: 0, y: 0 },
    { x: 9, y: 0 },
    { x: 9, y: 9 },
  ]);
  editor.stepVertex(1);
  editor.remove();
  expect(editor.selection?.points.length).toBe(3);
  expect(said.at(-1)).toBe("A polygon has at least 3 points.");
});

test("a polygon that came with crossing edges can still be moved and mended", () => {
  const editor = new ShapeEditor(path({ noun: "polygon", fewest: 3, closed: true }), listener);
  editor.size = SIZE;
  editor.load([
    {
      label: "lake",
      points: [
        { x: 0, y: 0 },
        { x: 9, y: 9 },
        { x: 9, y: 0 },
        { x: 0, y: 9 },
      ],
    },
  ]);
  editor.select(editor.shapes[0]?.id ?? null, true);
  editor.nudge({ x: 2, y: 0 });
  expect(editor.selection?.points[0]).toEqual({ x: 2, y: 0 });
});

test("a shape whose drawing is undone is no longer selected, and redo brings it back", () => {
  const editor = boxes();
  editor.add("new", [
    { x: 1, y: 1 },
    { x: 5, y: 5 },
  ]);
  expect(editor.selection?.label).toBe("new");
  editor.undo();
  expect(editor.selection).toBeNull();
  editor.redo();
  expect(editor.shapes.at(-1)?.label).toBe("new");
});

test("nothing is drawn without a label", () => {
  const editor = boxes();
  const drawer = new Drawer(editor, () => "", listener);
  expect(drawer.start({ x: 1, y: 1 })).toBe(false);
  expect(said.at(-1)).toBe("There is no label to draw with.");
});

test("taking back the only point gives the drawing up", () => {
  const editor = boxes();
  const drawer = new Drawer(editor, () => "large", listener);
  drawer.start({ x: 1, y: 1 });
  drawer.place({ x: 1, y: 1 }, 0);
  drawer.undo();
  expect([drawer.active, drawer.points.length]).toEqual([true, 0]);
  drawer.undo();
  expect(drawer.active).toBe(false);
});

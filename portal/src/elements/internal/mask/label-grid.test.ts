import { describe, expect, test } from "vitest";
import { polygonArea } from "./area";
import { LabelGrid, same } from "./label-grid";

const rectangle = (left: number, top: number, right: number, bottom: number) =>
  polygonArea([
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ]);

function count(grid: LabelGrid<unknown>, value: number): number {
  return grid.values.filter((each) => each === value).length;
}

function at(grid: LabelGrid<unknown>, x: number, y: number): number | undefined {
  return grid.values[y * grid.width + x];
}

describe("a label grid", () => {
  test("takes areas that reach over its edges, and tells what to draw", () => {
    const grid = new LabelGrid(100, 70, null);
    expect(grid.paint(rectangle(-10, 60, 5, 90), 3)).toEqual({ left: 0, top: 60, width: 5, height: 10 });
    expect(count(grid, 3)).toBe(50);
    expect([at(grid, 4, 69), at(grid, 5, 69), at(grid, 4, 59)]).toEqual([3, 0, 0]);
    expect(grid.paint(rectangle(120, 0, 130, 9), 3)).toBeNull();
  });

  test("later strokes overwrite, and the values in use are known", () => {
    const grid = new LabelGrid(10, 10, null);
    grid.paint(rectangle(0, 0, 10, 10), 7);
    grid.paint(rectangle(0, 0, 10, 9), 2);
    expect([...grid.usedValues()]).toEqual([2, 7]);
    grid.paint(rectangle(0, 9, 10, 10), 0);
    expect([...grid.usedValues()]).toEqual([2]);
  });

  test("undo and redo restore every pixel, over many tiles", () => {
    const grid = new LabelGrid(200, 150, null);
    const stages = [grid.values.slice()];
    for (const [value, ...sides] of [
      [1, 10, 10, 190, 140],
      [2, 50, 60, 70, 70],
      [0, 0, 0, 200, 65],
    ] as const) {
      grid.paint(rectangle(sides[0], sides[1], sides[2], sides[3]), value);
      expect(grid.endAct()).toBe(true);
      stages.push(grid.values.slice());
    }
    for (const stage of [2, 1, 0]) {
      grid.undo();
      expect(same(grid.values, stages[stage] as Uint8Array)).toBe(true);
    }
    expect([grid.canUndo, grid.undo()]).toEqual([false, null]);
    for (const stage of [1, 2, 3]) {
      grid.redo();
      expect(same(grid.values, stages[stage] as Uint8Array)).toBe(true);
    }
    expect(grid.canRedo).toBe(false);
  });

  test("several areas of one act are taken back together", () => {
    const grid = new LabelGrid(100, 100, null);
    grid.paint(rectangle(0, 0, 9, 9), 1);
    grid.paint(rectangle(5, 5, 90, 90), 2);
    grid.endAct();
    expect(grid.undo()).toEqual({ left: 0, top: 0, width: 100, height: 100 });
    expect(grid.usedValues().size).toBe(0);
  });

  test("an act that is abandoned leaves nothing behind", () => {
    const grid = new LabelGrid(100, 100, null);
    grid.paint(rectangle(0, 0, 50, 50), 1);
    grid.endAct();
    grid.paint(rectangle(20, 20, 90, 90), 2);
    expect(grid.abandonAct()).toEqual({ left: 0, top: 0, width: 100, height: 100 });
    expect([[...grid.usedValues()], count(grid, 1), grid.endAct()]).toEqual([[1], 2500, false]);
  });

  test("an act that is taken back midway goes, and the one before it too", () => {
    const grid = new LabelGrid(100, 100, null);
    grid.paint(rectangle(0, 0, 50, 50), 1);
    grid.endAct();
    grid.paint(rectangle(60, 60, 90, 90), 2);
    grid.undo();
    expect([grid.usedValues().size, grid.endAct()]).toEqual([0, false]);
    grid.redo();
    expect([[...grid.usedValues()], count(grid, 1)]).toEqual([[1], 2500]);
  });

  test("an act that changes nothing is none, and keeps what can be done again", () => {
    const grid = new LabelGrid(10, 10, null);
    grid.paint(rectangle(0, 0, 5, 5), 1);
    grid.endAct();
    grid.undo();
    grid.paint(rectangle(0, 0, 5, 5), 0);
    expect([grid.endAct(), grid.canUndo, grid.canRedo]).toEqual([false, false, true]);
  });

  test("a value is erased wherever it stands, at the ends of rows too, and that can be undone", () => {
    const grid = new LabelGrid(70, 3, null);
    grid.paint(rectangle(60, 0, 70, 2), 4);
    grid.paint(rectangle(0, 1, 5, 3), 4);
    grid.paint(rectangle(20, 2, 30, 3), 5);
    grid.endAct();
    const before = grid.values.slice();
    expect(grid.eraseAll(4)).toEqual({ left: 0, top: 0, width: 70, height: 3 });
    grid.endAct();
    expect([[...grid.usedValues()], count(grid, 5)]).toEqual([[5], 10]);
    grid.undo();
    expect(same(grid.values, before)).toBe(true);
  });

  test("the list goes back and forth with the pixels that were painted from it", () => {
    const grid = new LabelGrid<readonly string[]>(10, 10, []);
    grid.list = ["cup"];
    expect(grid.endAct()).toBe(true);
    grid.paint(rectangle(0, 0, 5, 5), 1);
    grid.list = ["cup", "jug"];
    grid.endAct();
    grid.undo();
    expect([grid.list, at(grid, 0, 0)]).toEqual([["cup"], 0]);
    expect(grid.endAct()).toBe(false);
    expect([grid.undo(), grid.list]).toEqual([null, []]);
    grid.redo();
    grid.redo();
    expect([grid.list, at(grid, 0, 0)]).toEqual([["cup", "jug"], 1]);
  });

  test("old acts are forgotten before they fill the memory, the last one never", () => {
    const grid = new LabelGrid(128, 128, null, undefined, 60_000);
    for (let act = 1; act <= 5; act++) {
      grid.paint(rectangle(0, 0, 128, 128), act);
      grid.endAct();
    }
    let undone = 0;
    while (grid.undo()) {
      undone++;
    }
    expect([undone, at(grid, 9, 9)]).toEqual([3, 2]);
    const small = new LabelGrid(128, 128, null, undefined, 1);
    small.paint(rectangle(0, 0, 128, 128), 1);
    small.endAct();
    expect([small.canUndo, small.undo()?.width]).toEqual([true, 128]);
  });
});

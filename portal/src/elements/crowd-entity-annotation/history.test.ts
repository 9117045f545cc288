import { expect, test } from "vitest";
import { History } from "./history";

test("undo and redo walk through the states, a change after an undo drops what was undone", () => {
  const history = new History("a");
  history.push("b");
  history.push("c");
  expect([history.undo(), history.undo(), history.undo(), history.now]).toEqual([true, true, false, "a"]);
  expect([history.redo(), history.now]).toEqual([true, "b"]);
  history.push("d");
  expect([history.canRedo, history.redo(), history.undo(), history.now]).toEqual([false, false, true, "b"]);
});

test("the same value is no state of its own", () => {
  const history = new History("a");
  expect([history.push("a"), history.canUndo]).toEqual([false, false]);
});

test("the last two hundred states can be gone back to", () => {
  const history = new History(0);
  for (let state = 1; state <= 300; state++) {
    history.push(state);
  }
  let steps = 0;
  while (history.undo()) {
    steps++;
  }
  expect([steps, history.now]).toEqual([200, 100]);
});

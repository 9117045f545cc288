import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SIZE = { height: 80, width: 120 };
const EDGES = `<crowd-form><crowd-line name="l" src="/image/blue.png" labels="['edge']"></crowd-line></crowd-form>`;
const GIVEN = EDGES.replace(
  "labels=",
  `initial-value="{lines:[{label:'edge',vertices:[{x:0,y:1},{x:6,y:6}]}]}" labels=`,
);

async function start(template: string): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(template);
  return { task, canvas: await new Canvas(task, "crowd-line").ready() };
}

test("a line is drawn by two clicks or by one drag", async () => {
  const { task, canvas } = await start(EDGES);
  await canvas.click([10, 10], [60, 60]);
  await canvas.drag([80, 10], [110, 70]);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    l: {
      inputImageProperties: SIZE,
      lines: [
        {
          label: "edge",
          vertices: [
            { x: 10, y: 10 },
            { x: 60, y: 60 },
          ],
        },
        {
          label: "edge",
          vertices: [
            { x: 80, y: 10 },
            { x: 110, y: 70 },
          ],
        },
      ],
    },
  });
});

test("a line is drawn and one end moved by keys alone", async () => {
  const { canvas } = await start(EDGES);
  await canvas.press("n", "Enter", "2*Shift+ArrowRight", "Enter", "Shift+V", "3*ArrowUp", "Delete", "i");
  expect((await canvas.value())["lines"]).toEqual([
    {
      label: "edge",
      vertices: [
        { x: 60, y: 40 },
        { x: 80, y: 37 },
      ],
    },
  ]);
});

test("an end of the initial line is dragged", async () => {
  const { task, canvas } = await start(GIVEN);
  expect((await canvas.value())["initialValueModified"]).toBe(false);
  await canvas.click([3, 3.5]);
  await canvas.drag([6, 6], [50, 60]);
  expect(await task.submit()).toEqual({
    l: {
      initialValueModified: true,
      inputImageProperties: SIZE,
      lines: [
        {
          label: "edge",
          vertices: [
            { x: 0, y: 1 },
            { x: 50, y: 60 },
          ],
        },
      ],
    },
  });
});

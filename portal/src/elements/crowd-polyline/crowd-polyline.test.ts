import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SIZE = { height: 80, width: 120 };
const WIRES = `<crowd-form><crowd-polyline name="w" src="/image/blue.png" labels="['wire','pipe']" label-colors="['#00aa00']"></crowd-polyline></crowd-form>`;
const GIVEN = WIRES.replace("labels=", `initial-value="[{label:'wire',vertices:[{x:1,y:1},{x:7,y:3}]}]" labels=`);
const WRAPPED = WIRES.replace(
  "labels=",
  `initial-value="{polylines:[ // the first\n{label:'wire',vertices:[{x:1,y:1},{x:7,y:3}]}]}" labels=`,
);

async function start(template: string): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(template);
  return { task, canvas: await new Canvas(task, "crowd-polyline").ready() };
}

test("Enter ends a path, or a click on its last point; it may cross itself", async () => {
  const { task, canvas } = await start(WIRES);
  await canvas.click([10, 10], [60, 60], [60, 10], [10, 60]);
  await canvas.press("Enter", "2");
  await canvas.click([80, 10], [100, 70], [100, 70]);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    w: {
      inputImageProperties: SIZE,
      polylines: [
        {
          label: "wire",
          vertices: [
            { x: 10, y: 10 },
            { x: 60, y: 60 },
            { x: 60, y: 10 },
            { x: 10, y: 60 },
          ],
        },
        {
          label: "pipe",
          vertices: [
            { x: 80, y: 10 },
            { x: 100, y: 70 },
          ],
        },
      ],
    },
  });
});

test("a path is drawn by keys alone", async () => {
  const { canvas } = await start(WIRES);
  await canvas.press("n", "Enter", "Shift+ArrowRight", "Enter", "Shift+ArrowUp", "Enter", "Enter");
  expect((await canvas.value())["polylines"]).toEqual([
    {
      label: "wire",
      vertices: [
        { x: 60, y: 40 },
        { x: 70, y: 40 },
        { x: 70, y: 30 },
      ],
    },
  ]);
});

test("a path of one point is no path", async () => {
  const { task, canvas } = await start(WIRES);
  await canvas.click([10, 10], [10, 10]);
  await canvas.press("Enter");
  await task.frame.getByText("A polyline has at least 2 points.").waitFor();
  await canvas.press("Escape");
  expect((await canvas.value())["polylines"]).toEqual([]);
});

test.each([
  ["a list", GIVEN],
  ["a list in an object", WRAPPED],
])("the initial value may be %s", async (_, template) => {
  const { canvas } = await start(template);
  const polylines = [
    {
      label: "wire",
      vertices: [
        { x: 1, y: 1 },
        { x: 7, y: 3 },
      ],
    },
  ];
  expect(await canvas.value()).toEqual({ initialValueModified: false, inputImageProperties: SIZE, polylines });
});

test("the template's colours come before the palette's", async () => {
  const { task } = await start(WIRES);
  const colors = await task.frame
    .locator("crowd-polyline .labels .swatch")
    .evaluateAll((swatches) => swatches.map((each) => getComputedStyle(each).backgroundColor));
  expect(colors).toEqual(["rgb(0, 170, 0)", "rgb(255, 127, 14)"]);
});

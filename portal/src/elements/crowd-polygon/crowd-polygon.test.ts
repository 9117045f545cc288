import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SIZE = { height: 80, width: 120 };
const LAKES = `<crowd-form><crowd-polygon name="p" header="Lakes" src="/image/blue.png" labels="['lake','island']"></crowd-polygon></crowd-form>`;
const SQUARE = [
  { x: 20, y: 10 },
  { x: 90, y: 10 },
  { x: 90, y: 70 },
  { x: 20, y: 70 },
];
const GIVEN = LAKES.replace(
  "labels=",
  `initial-value='${JSON.stringify([{ label: "lake", vertices: SQUARE }])}' labels=`,
);

type Item = { label: string; vertices: { x: number; y: number }[] };

async function start(
  template: string,
  draft?: Record<string, unknown>,
): Promise<{ task: OpenTask; canvas: Canvas; items(): Promise<Item[]> }> {
  const task = await open(template, draft ? { draft } : {});
  const canvas = await new Canvas(task, "crowd-polygon").ready();
  return { task, canvas, items: async () => (await canvas.value())["polygons"] as Item[] };
}

test("clicks place points and one on the first closes the outline, which is the answer", async () => {
  const { task, canvas } = await start(LAKES);
  await canvas.click([10, 10], [60, 10], [40, 50], [10, 10]);
  await canvas.press("2");
  await canvas.click([70, 20], [110, 20], [110, 70]);
  await canvas.press("Enter");
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    p: {
      inputImageProperties: SIZE,
      polygons: [
        {
          label: "lake",
          vertices: [
            { x: 10, y: 10 },
            { x: 60, y: 10 },
            { x: 40, y: 50 },
          ],
        },
        {
          label: "island",
          vertices: [
            { x: 70, y: 20 },
            { x: 110, y: 20 },
            { x: 110, y: 70 },
          ],
        },
      ],
    },
  });
});

test("an outline is drawn and its points moved, added and deleted by keys alone", async () => {
  const { canvas, items } = await start(LAKES);
  await canvas.press("n", "Enter", "2*Shift+ArrowRight", "Enter", "2*Shift+ArrowDown", "Enter", "Enter");
  expect(await items()).toEqual([
    {
      label: "lake",
      vertices: [
        { x: 60, y: 40 },
        { x: 80, y: 40 },
        { x: 80, y: 60 },
      ],
    },
  ]);
  await canvas.press("v", "i", "Shift+ArrowUp");
  expect((await items())[0]?.vertices).toEqual([
    { x: 60, y: 40 },
    { x: 70, y: 30 },
    { x: 80, y: 40 },
    { x: 80, y: 60 },
  ]);
  await canvas.press("Shift+V", "Delete", "Escape", "ArrowLeft");
  expect((await items())[0]?.vertices).toEqual([
    { x: 69, y: 30 },
    { x: 79, y: 40 },
    { x: 79, y: 60 },
  ]);
});

test("fingers place points", async () => {
  const { task, canvas, items } = await start(LAKES);
  for (const place of [
    [20, 20],
    [80, 20],
    [50, 60],
  ] as const) {
    await canvas.touch([place]);
  }
  await task.frame.getByRole("button", { name: "Finish" }).click();
  expect((await items())[0]?.vertices).toEqual([
    { x: 20, y: 20 },
    { x: 80, y: 20 },
    { x: 50, y: 60 },
  ]);
});

test("an edge that would cross the outline is refused, with a hint", async () => {
  const { task, canvas, items } = await start(LAKES);
  await canvas.click([20, 20], [80, 20], [80, 60], [50, 10]);
  await task.frame.getByText("The edges of a polygon may not cross each other.").waitFor();
  await canvas.click([20, 60], [20, 20]);
  expect((await items())[0]?.vertices).toEqual([
    { x: 20, y: 20 },
    { x: 80, y: 20 },
    { x: 80, y: 60 },
    { x: 20, y: 60 },
  ]);
});

test("an outline whose last edge would cross it is not closed", async () => {
  const { task, canvas, items } = await start(LAKES);
  await canvas.click([50, 40], [80, 40], [80, 60], [20, 60], [20, 20], [100, 20], [100, 70]);
  await canvas.press("Enter");
  await task.frame.getByText("The edges of a polygon may not cross each other.").waitFor();
  expect(await items()).toEqual([]);
});

test("points are taken back and placed again while drawing", async () => {
  const { canvas, items } = await start(LAKES);
  await canvas.click([20, 20], [80, 20], [80, 60], [20, 60]);
  await canvas.press("Control+z", "Backspace", "Control+y", "Enter");
  expect((await items())[0]?.vertices).toEqual([
    { x: 20, y: 20 },
    { x: 80, y: 20 },
    { x: 80, y: 60 },
  ]);
  await canvas.press("Control+z");
  expect(await items()).toEqual([]);
});

test("a polygon may start inside another, which is selected by its border", async () => {
  const { canvas, items } = await start(GIVEN);
  await canvas.press("2");
  await canvas.click([40, 30], [60, 30], [50, 50], [40, 30]);
  await canvas.press("Escape");
  await canvas.drag([35, 10], [36, 12]);
  expect(await items()).toEqual([
    { label: "lake", vertices: SQUARE.map(({ x, y }) => ({ x: x + 1, y: y + 2 })) },
    {
      label: "island",
      vertices: [
        { x: 40, y: 30 },
        { x: 60, y: 30 },
        { x: 50, y: 50 },
      ],
    },
  ]);
});

test("points of the selected polygon are dragged, pulled out of an edge and deleted; a crossing is refused", async () => {
  const { canvas, items } = await start(GIVEN);
  await canvas.click([35, 10]);
  await canvas.drag([20, 10], [10, 5]);
  await canvas.drag([50, 7.5], [50, 20]);
  expect((await items())[0]?.vertices.slice(0, 3)).toEqual([
    { x: 10, y: 5 },
    { x: 50, y: 20 },
    { x: 90, y: 10 },
  ]);
  await canvas.drag([50, 20], [50, 40], [50, 78]);
  const [, dragged] = (await items())[0]?.vertices ?? [];
  expect(dragged?.y).toBeGreaterThanOrEqual(40);
  expect(dragged?.y).toBeLessThan(70);
  await canvas.press("Delete");
  expect((await items())[0]?.vertices).toEqual([{ x: 10, y: 5 }, ...SQUARE.slice(1)]);
});

test("a click on a point or a dot beside its middle moves nothing", async () => {
  const { canvas, items } = await start(GIVEN);
  await canvas.click([35, 10]);
  await canvas.click([20.7, 10.6], [55.5, 9.4]);
  expect(await items()).toEqual([{ label: "lake", vertices: SQUARE }]);
  await canvas.drag([20.7, 10.6], [25.7, 20.6]);
  expect((await items())[0]?.vertices[0]).toEqual({ x: 25, y: 20 });
});

test("an unfinished outline is discarded at submit, after a warning", async () => {
  const { task, canvas } = await start(GIVEN);
  await canvas.click([40, 30], [60, 30], [50, 50]);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-polygon").getByText("A polygon is not finished.").waitFor();
  expect(await task.submit()).toEqual({
    p: { initialValueModified: false, inputImageProperties: SIZE, polygons: [{ label: "lake", vertices: SQUARE }] },
  });
});

test("a draft comes back; hooks of scripts are there", async () => {
  const polygons = [{ label: "island", vertices: SQUARE.slice(0, 3) }];
  const { task, items } = await start(LAKES, { p: { inputImageProperties: SIZE, polygons } });
  expect(await items()).toEqual(polygons);
  const hooks = await task.frame.evaluate(() => {
    const root = document.querySelector("crowd-polygon")?.shadowRoot;
    return ["button#polygon", "button#delete", ".label-button.selected", ".label-pane-content .label-button"].map(
      (selector) => root?.querySelectorAll(selector).length,
    );
  });
  expect(hooks).toEqual([1, 1, 1, 2]);
});

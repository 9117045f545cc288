import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { type Picture, readPng } from "../../../tests/elements/harness/masks";
import { expectAccessible, type OpenTask, type Start, useBrowser } from "../../../tests/elements/harness/open-task";

const TAG = "crowd-instance-segmentation";
const CLEAR = "#00000000";
const open = useBrowser();

interface Answer {
  readonly instances: readonly { readonly color: string; readonly label: string }[];
  readonly labeledImage: { readonly pngImageData: string };
  readonly initialValueModified?: boolean;
}

async function begin(attributes = "", start: Start = {}): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(
    `<crowd-form><${TAG} name="i" header="Each cup" src="/image/blue.png" labels="['Cup','Jug']" ${attributes}></${TAG}></crowd-form>`,
    start,
  );
  const canvas = await new Canvas(task, TAG).ready();
  await expect.poll(() => canvas.value()).toMatchObject({ labeledImage: {} });
  return { task, canvas };
}

async function submitted(task: OpenTask): Promise<{ answer: Answer; picture: Picture }> {
  const { i: answer } = (await task.submit()) as { i: Answer };
  return { answer, picture: readPng(answer.labeledImage.pngImageData) };
}

/** Fill a rectangle by the polygon tool. */
async function fill(canvas: Canvas, left: number, top: number, right: number, bottom: number): Promise<void> {
  await canvas.press("p");
  await canvas.click([left, top], [right, top], [right, bottom], [left, bottom]);
  await canvas.press("Enter");
}

const INITIAL = `initial-value="{src:'/image/mask.png',instances:[{color:'#00aa00',label:'Cup'},{color:'#1f77b4',label:'Jug'}]}"`;

test("each instance has a color of its own, in order of creation, and the answer lists label and color", async () => {
  const { task, canvas } = await begin();
  await fill(canvas, 0, 0, 10, 10);
  await task.frame.getByRole("button", { name: "Add instance of Cup" }).click();
  await fill(canvas, 20, 0, 40, 10);
  await canvas.press("2");
  await fill(canvas, 50, 0, 80, 10);
  await canvas.press("n");
  await fill(canvas, 90, 0, 100, 40);
  const { answer, picture } = await submitted(task);
  expect(answer).toEqual({
    inputImageProperties: { height: 80, width: 120 },
    instances: [
      { color: "#1f77b4", label: "Cup" },
      { color: "#ff7f0e", label: "Cup" },
      { color: "#2ca02c", label: "Jug" },
      { color: "#d62728", label: "Jug" },
    ],
    labeledImage: { pngImageData: expect.any(String) as string },
  });
  expect(picture.counts).toEqual({
    "#1f77b4ff": 100, "#ff7f0eff": 200, "#2ca02cff": 300, "#d62728ff": 400, [CLEAR]: 8600,
  });
});

test("nothing painted is an answer without instances, even when one was added", async () => {
  const { task, canvas } = await begin();
  await canvas.press("n");
  const { answer, picture } = await submitted(task);
  expect(answer.instances).toEqual([]);
  expect(picture.counts).toEqual({ [CLEAR]: 9600 });
});

test("an instance is chosen again, hidden without loss, and deleted with its pixels; all of that can be undone", async () => {
  const { task, canvas } = await begin();
  await fill(canvas, 0, 0, 10, 10);
  await canvas.press("n");
  await fill(canvas, 20, 0, 40, 10);
  await task.frame.getByRole("button", { name: "Cup 1", exact: true }).click();
  await fill(canvas, 0, 20, 10, 30);
  await task.frame.getByRole("button", { name: "Hide Cup 2" }).click();
  const picture = async (): Promise<Picture> => readPng(((await canvas.value()) as unknown as Answer).labeledImage.pngImageData);
  expect((await picture()).counts).toEqual({ "#1f77b4ff": 200, "#ff7f0eff": 200, [CLEAR]: 9200 });
  const shown = (): Promise<number | undefined> =>
    task.frame.evaluate((tag) => {
      const mask = document.querySelector(tag)?.shadowRoot?.querySelector<HTMLCanvasElement>("canvas.mask");
      return mask?.getContext("2d")?.getImageData(30, 5, 1, 1).data[3];
    }, TAG);
  expect(await shown()).toBe(0);
  await task.frame.getByRole("button", { name: "Show Cup 2" }).click();
  expect(await shown()).toBe(255);
  await task.frame.getByRole("button", { name: "Delete Cup 1" }).click();
  expect((await picture()).counts).toEqual({ "#ff7f0eff": 200, [CLEAR]: 9400 });
  await canvas.press("Control+z");
  expect((await submitted(task)).answer.instances).toEqual([
    { color: "#1f77b4", label: "Cup" },
    { color: "#ff7f0e", label: "Cup" },
  ]);
});

test("a deleted instance's color is free again", async () => {
  const { task, canvas } = await begin();
  await fill(canvas, 0, 0, 10, 10);
  await canvas.press("n");
  await fill(canvas, 20, 0, 40, 10);
  await task.frame.getByRole("button", { name: "Delete Cup 1" }).click();
  await canvas.press("2");
  await fill(canvas, 0, 0, 10, 10);
  const { answer } = await submitted(task);
  expect(answer.instances).toEqual([
    { color: "#ff7f0e", label: "Cup" },
    { color: "#1f77b4", label: "Jug" },
  ]);
});

test("an initial mask keeps its instances and colors, new ones get other colors, and a change is told", async () => {
  const { task, canvas } = await begin(INITIAL);
  expect(await canvas.value()).toMatchObject({ initialValueModified: false });
  await task.frame.locator(`${TAG} .stage`).focus();
  await canvas.press("2", "n");
  await fill(canvas, 100, 0, 120, 10);
  const { answer, picture } = await submitted(task);
  expect(answer.initialValueModified).toBe(true);
  expect(answer.instances).toEqual([
    { color: "#00aa00", label: "Cup" },
    { color: "#1f77b4", label: "Jug" },
    { color: "#ff7f0e", label: "Jug" },
  ]);
  expect(picture.counts).toMatchObject({ "#00aa00ff": 1200, "#1f77b4ff": 1200, "#ff7f0eff": 200 });
});

test("a pinch adds no instance, and what is painted after it is in the answer", async () => {
  const { task, canvas } = await begin();
  await canvas.touch([[60, 40], [50, 40]], [[70, 40], [90, 40]]);
  expect(await task.frame.getByRole("button", { name: "Delete Cup 1" }).count()).toBe(0);
  await canvas.press("f");
  await fill(canvas, 0, 0, 10, 10);
  const { answer, picture } = await submitted(task);
  expect(answer.instances).toEqual([{ color: "#1f77b4", label: "Cup" }]);
  expect(picture.counts).toEqual({ "#1f77b4ff": 100, [CLEAR]: 9500 });
});

test("a polygon that is discarded leaves no instance behind", async () => {
  const { task, canvas } = await begin();
  await canvas.press("p");
  await canvas.click([0, 0], [20, 0]);
  await canvas.press("Escape");
  expect(await task.frame.getByRole("button", { name: "Delete Cup 1" }).count()).toBe(0);
});

test("a draft comes back with its instances, and more can be added", async () => {
  const first = await begin();
  await fill(first.canvas, 0, 0, 10, 10);
  const draft = (await first.task.collect()) as Record<string, unknown>;
  const { task, canvas } = await begin("", { draft });
  expect(await task.collect()).toEqual(draft);
  await canvas.press("n");
  await fill(canvas, 20, 0, 40, 10);
  expect((await submitted(task)).answer.instances).toEqual([
    { color: "#1f77b4", label: "Cup" },
    { color: "#ff7f0e", label: "Cup" },
  ]);
});

test("reset returns to the initial mask", async () => {
  const { task, canvas } = await begin(INITIAL);
  await task.frame.getByRole("button", { name: "Delete Cup 1" }).click();
  expect(await canvas.value()).toMatchObject({ initialValueModified: true });
  await task.frame.evaluate(() => (document.querySelector("crowd-form") as unknown as { reset(): void }).reset());
  await expect.poll(() => canvas.value()).toMatchObject({ initialValueModified: false, instances: [{}, {}] });
});

test("nobody is shut out: roles, names and contrast", async () => {
  const { task } = await begin(INITIAL);
  await task.frame.getByRole("button", { name: "Jug 1", exact: true }).click();
  await expectAccessible(task);
});

test("erasing all takes the instances away too, and undo brings both back", async () => {
  const { task, canvas } = await begin(INITIAL);
  await task.frame.getByRole("button", { name: "Erase all" }).click();
  expect(await canvas.value()).toMatchObject({ initialValueModified: true, instances: [] });
  expect(await task.frame.getByRole("button", { name: "Delete Cup 1" }).count()).toBe(0);
  await canvas.press("Control+z");
  const { answer } = await submitted(task);
  expect(answer.instances).toEqual([{ color: "#00aa00", label: "Cup" }, { color: "#1f77b4", label: "Jug" }]);
});

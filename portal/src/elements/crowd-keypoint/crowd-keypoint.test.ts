import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SIZE = { height: 80, width: 120 };
const TIPS = `<crowd-form><crowd-keypoint name="k" header="Tips" src="/image/blue.png" labels="['tip','stem']"></crowd-keypoint></crowd-form>`;
const GIVEN = TIPS.replace(
  "labels=",
  `initial-value="[{label:'tip',x:4,y:9},{label:'thorn',x:50,y:50},{label:'stem',x:30,y:40}]" labels=`,
);

async function start(template: string): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(template);
  return { task, canvas: await new Canvas(task, "crowd-keypoint").ready() };
}

test("points are clicked, with the chosen label as often as wanted, and are the answer", async () => {
  const { task, canvas } = await start(TIPS);
  await canvas.click([4, 9], [60, 40]);
  await canvas.press("2");
  await canvas.click([100, 70]);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    k: {
      inputImageProperties: SIZE,
      keypoints: [
        { label: "tip", x: 4, y: 9 },
        { label: "tip", x: 60, y: 40 },
        { label: "stem", x: 100, y: 70 },
      ],
    },
  });
});

test("a point is placed, moved and deleted by keys alone", async () => {
  const { canvas } = await start(TIPS);
  await canvas.press("n", "2*Shift+ArrowLeft", "ArrowUp", "Enter", "n", "2", "Enter");
  await canvas.press("ArrowRight", "Shift+ArrowDown");
  expect((await canvas.value())["keypoints"]).toEqual([
    { label: "tip", x: 40, y: 39 },
    { label: "stem", x: 61, y: 50 },
  ]);
  await canvas.press("Delete");
  expect((await canvas.value())["keypoints"]).toEqual([{ label: "tip", x: 40, y: 39 }]);
});

test("a finger places a point", async () => {
  const { canvas } = await start(TIPS);
  await canvas.touch([[30, 20]]);
  expect((await canvas.value())["keypoints"]).toEqual([{ label: "tip", x: 30, y: 20 }]);
});

test("a point is dragged elsewhere, but not off the image", async () => {
  const { canvas } = await start(TIPS);
  await canvas.click([100, 60]);
  await canvas.drag([100, 60], [90, 30]);
  expect((await canvas.value())["keypoints"]).toEqual([{ label: "tip", x: 90, y: 30 }]);
  await canvas.drag([90, 30], [130, 30]);
  expect((await canvas.value())["keypoints"]).toEqual([{ label: "tip", x: 119, y: 30 }]);
});

test("initial points of unknown labels are not drawn, which is no modification", async () => {
  const { task, canvas } = await start(GIVEN);
  await task.frame.getByRole("button", { name: "stem, point 2, x 30, y 40" }).waitFor();
  expect(await canvas.value()).toEqual({
    initialValueModified: false,
    inputImageProperties: SIZE,
    keypoints: [
      { label: "tip", x: 4, y: 9 },
      { label: "stem", x: 30, y: 40 },
    ],
  });
  await canvas.drag([30, 40], [40, 40]);
  expect((await canvas.value())["initialValueModified"]).toBe(true);
});

test("an initial point is drawn once a script names its label", async () => {
  const { task, canvas } = await start(GIVEN);
  await task.frame.evaluate(() => {
    (document.querySelector("crowd-keypoint") as unknown as { labels: string[] }).labels = ["thorn"];
  });
  expect((await canvas.value())["keypoints"]).toEqual([{ label: "thorn", x: 50, y: 50 }]);
});

test("no point is an answer too", async () => {
  const { task } = await start(TIPS);
  expect(await task.submit()).toEqual({ k: { inputImageProperties: SIZE, keypoints: [] } });
});

import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SIZE = { height: 80, width: 120 };
const CUP = { height: 20, label: "cup", left: 5, top: 8, width: 12 };
const BOXES = `<crowd-form><crowd-bounding-box name="b" header="Box cups" src="/image/blue.png" labels="['cup','jug']"></crowd-bounding-box></crowd-form>`;
const GIVEN = BOXES.replace("labels=", `initial-value="[{label:'cup',left:5,top:8,width:12,height:20}]" labels=`);

async function start(template: string, draft?: Record<string, unknown>): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(template, draft ? { draft } : {});
  return { task, canvas: await new Canvas(task, "crowd-bounding-box").ready() };
}

test("boxes are drawn by dragging, with the chosen label, and are the answer", async () => {
  const { task, canvas } = await start(BOXES);
  await canvas.drag([17, 28], [5, 8]);
  await task.frame.getByRole("button", { name: /^jug/ }).click();
  await canvas.drag([40, 20], [100, 70]);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    b: { boundingBoxes: [CUP, { height: 50, label: "jug", left: 40, top: 20, width: 60 }], inputImageProperties: SIZE },
  });
});

test("a box is drawn, moved, resized, relabelled and deleted by keys alone", async () => {
  const { task, canvas } = await start(BOXES);
  await canvas.press("n", "5*Shift+ArrowLeft", "5*ArrowLeft", "3*Shift+ArrowUp", "2*ArrowUp", "Enter");
  await canvas.press("Shift+ArrowRight", "2*ArrowRight", "2*Shift+ArrowDown", "Enter");
  expect((await canvas.value())["boundingBoxes"]).toEqual([CUP]);
  await canvas.press("Shift+ArrowRight", "ArrowDown", "3*Alt+ArrowRight", "Alt+ArrowUp");
  expect((await canvas.value())["boundingBoxes"]).toEqual([{ height: 19, label: "cup", left: 15, top: 9, width: 15 }]);
  await canvas.press("n", "Enter", "Shift+ArrowDown", "Shift+ArrowRight", "Enter", "Escape", "Tab");
  const first = task.frame.getByRole("button", { name: "cup, box 1, left 15, top 9, 15 by 19" });
  await expect.poll(() => first.evaluate((each) => each.matches(":focus"))).toBe(true);
  await canvas.press("2");
  await canvas.press("Tab", "Delete");
  await canvas.press("Control+Enter");
  expect((await task.message("submit"))["answer"]).toEqual({
    b: { boundingBoxes: [{ height: 19, label: "jug", left: 15, top: 9, width: 15 }], inputImageProperties: SIZE },
  });
});

test("a finger draws a box, two fingers zoom", async () => {
  const { canvas } = await start(BOXES);
  await canvas.touch([
    [5, 8],
    [10, 15],
    [17, 28],
  ]);
  expect((await canvas.value())["boundingBoxes"]).toEqual([CUP]);
  const before = await canvas.rect();
  await canvas.touch(
    [
      [50, 40],
      [45, 40],
      [30, 40],
    ],
    [
      [70, 40],
      [75, 40],
      [90, 40],
    ],
  );
  expect((await canvas.rect()).width).toBeGreaterThan(before.width * 2);
  expect((await canvas.value())["boundingBoxes"]).toEqual([CUP]);
});

test("a box is selected by a click inside, moved by a drag and resized by its handles", async () => {
  const { canvas } = await start(GIVEN);
  await canvas.click([11, 18]);
  await canvas.drag([11, 18], [31, 28]);
  await canvas.drag([37, 38], [45, 60]);
  expect(await canvas.value()).toEqual({
    boundingBoxes: [{ height: 42, label: "cup", left: 25, top: 18, width: 20 }],
    initialValueModified: true,
    inputImageProperties: SIZE,
  });
});

test("an untouched initial value is not modified, nor one moved away and back", async () => {
  const { task, canvas } = await start(GIVEN);
  expect((await canvas.value())["initialValueModified"]).toBe(false);
  await canvas.press("Tab");
  await task.frame.getByRole("button", { name: /^cup, box 1/ }).focus();
  await canvas.press("ArrowLeft");
  expect((await canvas.value())["initialValueModified"]).toBe(true);
  await canvas.press("ArrowRight");
  expect(await task.submit()).toEqual({
    b: { boundingBoxes: [CUP], initialValueModified: false, inputImageProperties: SIZE },
  });
});

test("the wrapped form of the initial value is taken too, and reset brings it back", async () => {
  const { task, canvas } = await start(
    GIVEN.replace("[{label:'cup'", "{boundingBoxes:[{label:'cup'").replace("20}]", "20}]}"),
  );
  await canvas.drag([40, 20], [100, 70]);
  await task.frame.evaluate(() => document.querySelector<HTMLElement & { reset(): void }>("crowd-form")?.reset());
  expect(await canvas.value()).toEqual({
    boundingBoxes: [CUP],
    initialValueModified: false,
    inputImageProperties: SIZE,
  });
});

test("undo and redo walk through everything that was done", async () => {
  const { task, canvas } = await start(BOXES);
  await canvas.drag([5, 8], [17, 28]);
  await canvas.drag([60, 20], [100, 70]);
  await canvas.press("ArrowLeft", "ArrowLeft", "Delete");
  const lefts = async (): Promise<number[]> =>
    ((await canvas.value())["boundingBoxes"] as { left: number }[]).map((each) => each.left);
  expect(await lefts()).toEqual([5]);
  await canvas.press("Control+z");
  expect(await lefts()).toEqual([5, 58]);
  await task.frame.getByRole("button", { name: "Undo" }).click();
  expect(await lefts()).toEqual([5, 60]);
  await canvas.press("Control+z", "Control+z");
  expect(await lefts()).toEqual([]);
  await canvas.press("Control+y", "Control+Shift+z", "Control+y", "Control+y");
  expect(await lefts()).toEqual([5]);
});

test("copies are pasted beside the original and stay on the image", async () => {
  const { canvas } = await start(GIVEN);
  await canvas.click([11, 18]);
  await canvas.press("Control+c", "Control+v", "Control+d", ...Array<string>(5).fill("Control+v"));
  const boxes = (await canvas.value())["boundingBoxes"] as { left: number; top: number }[];
  expect(boxes.slice(0, 3).map(({ left, top }) => [left, top])).toEqual([
    [5, 8],
    [15, 18],
    [25, 28],
  ]);
  expect(boxes.at(-1)).toEqual({ ...CUP, left: 75, top: 60 });
});

test("a picked box takes another label; one just drawn keeps its own", async () => {
  const { canvas } = await start(BOXES);
  await canvas.drag([5, 8], [17, 28]);
  await canvas.press("2");
  await canvas.drag([40, 20], [100, 70]);
  const labels = async (): Promise<string[]> =>
    ((await canvas.value())["boundingBoxes"] as { label: string }[]).map((each) => each.label);
  expect(await labels()).toEqual(["cup", "jug"]);
  await canvas.click([5, 15]);
  await canvas.press("2");
  expect(await labels()).toEqual(["jug", "jug"]);
});

test("hidden boxes stay in the answer, locked ones stay as they are", async () => {
  const { task, canvas } = await start(GIVEN);
  await task.frame.getByRole("button", { name: "Hide cup 1" }).click();
  expect(await task.frame.getByRole("button", { name: /^cup, box 1/ }).count()).toBe(0);
  await canvas.press("Shift+h");
  await canvas.click([11, 18]);
  await canvas.press("l", "ArrowRight", "Delete");
  await canvas.drag([12, 18], [30, 50]);
  expect((await canvas.value())["boundingBoxes"]).toEqual([
    CUP,
    { height: 32, label: "cup", left: 12, top: 18, width: 18 },
  ]);
  await task.frame.getByRole("button", { name: /^cup, box 1, .*, locked$/ }).waitFor();
});

test("without a box the answer is refused until there is nothing to label; drawing clears that", async () => {
  const { task, canvas } = await start(BOXES);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-bounding-box").getByText("Draw a box, or tick").waitFor();
  const nothing = task.frame.getByRole("checkbox", { name: "Nothing to label" });
  await nothing.check();
  await canvas.drag([5, 8], [17, 28]);
  expect(await nothing.isChecked()).toBe(false);
  await canvas.press("Delete");
  expect(await task.messages("submit")).toEqual([]);
  await nothing.check();
  expect(await task.submit()).toEqual({ b: { boundingBoxes: [], inputImageProperties: SIZE } });
});

test("a draft comes back, and is what the portal collects", async () => {
  const draft = { b: { boundingBoxes: [{ ...CUP, left: 30 }], inputImageProperties: SIZE } };
  const { task, canvas } = await start(GIVEN, draft);
  expect((await canvas.value())["initialValueModified"]).toBe(true);
  expect(await task.collect()).toEqual({ b: { ...draft.b, initialValueModified: true } });
});

test("scripts get copies of their own and may set the labels", async () => {
  const { task, canvas } = await start(GIVEN);
  await task.frame.evaluate(() => {
    const widget = document.querySelector("crowd-bounding-box") as unknown as {
      value: { boundingBoxes: { label: string }[] };
      labels: string[];
    };
    for (const each of widget.value.boundingBoxes) {
      each.label = "spoilt";
    }
    widget.labels = [...widget.labels, "pot"];
  });
  await canvas.press("3");
  await canvas.drag([40, 20], [100, 70]);
  expect(((await canvas.value())["boundingBoxes"] as { label: string }[]).map((each) => each.label)).toEqual([
    "cup",
    "pot",
  ]);
  expect(await task.frame.locator("crowd-bounding-box").getAttribute("labels")).toBe('["cup","jug","pot"]');
});

test("drawing while zoomed gives the right pixels, and the canvas lies on the image at every zoom", async () => {
  const { task, canvas } = await start(BOXES);
  await canvas.hover([30, 30]);
  for (let i = 0; i < 4; i++) {
    await task.page.mouse.wheel(0, -100);
  }
  await expect.poll(async () => (await canvas.rect()).width).toBeGreaterThan(1000);
  expect(await canvas.rect()).toEqual(await canvas.rect(".sheet img"));
  await task.page.keyboard.down("Space");
  await canvas.drag([30, 30], [33, 32]);
  await task.page.keyboard.up("Space");
  await canvas.drag([25, 22], [45, 41]);
  await canvas.press("f");
  expect(await canvas.rect()).toEqual(await canvas.rect(".sheet img"));
  expect((await canvas.value())["boundingBoxes"]).toEqual([{ height: 19, label: "cup", left: 25, top: 22, width: 20 }]);
});

test("a box can't leave the image", async () => {
  const { canvas } = await start(BOXES);
  await canvas.drag([100, 60], [140, 88]);
  await canvas.press("Shift+ArrowRight", "Shift+ArrowDown");
  expect((await canvas.value())["boundingBoxes"]).toEqual([
    { height: 20, label: "cup", left: 100, top: 60, width: 20 },
  ]);
});

test("a JPEG that asks to be turned is measured as it is stored", async () => {
  const task = await open(BOXES.replace("blue.png", "turned.jpg"));
  const canvas = await new Canvas(task, "crowd-bounding-box", [60, 40]).ready();
  await canvas.drag([50, 10], [58, 38]);
  expect(await task.submit()).toEqual({
    b: {
      boundingBoxes: [{ height: 28, label: "cup", left: 50, top: 10, width: 8 }],
      inputImageProperties: { height: 40, width: 60 },
    },
  });
});

test("an image in a tab that opens later is measured and fitted then", async () => {
  const task = await open(
    `<crowd-form><crowd-tabs><crowd-tab header="Read">First read this.</crowd-tab><crowd-tab header="Draw">
    <crowd-bounding-box name="b" src="/image/turned.jpg" labels="['cup']"></crowd-bounding-box></crowd-tab></crowd-tabs></crowd-form>`,
  );
  await task.frame.getByRole("tab", { name: "Draw" }).click();
  const canvas = await new Canvas(task, "crowd-bounding-box", [60, 40]).ready();
  await expect.poll(async () => (await canvas.rect()).height).toBeGreaterThan(250);
  await canvas.drag([50, 10], [58, 38]);
  expect(await canvas.value()).toEqual({
    boundingBoxes: [{ height: 28, label: "cup", left: 50, top: 10, width: 8 }],
    inputImageProperties: { height: 40, width: 60 },
  });
});

test("keys go to the widget that has the focus, else to the first", async () => {
  const second = BOXES.slice(BOXES.indexOf("<crowd-b"), BOXES.indexOf("</crowd-form>")).replace(
    'name="b"',
    'name="c" id="c"',
  );
  const task = await open(BOXES.replace("</crowd-form>", `${second}</crowd-form>`));
  const [first, other] = [new Canvas(task, "[name=b]"), new Canvas(task, "#c")];
  await Promise.all([first.ready(), other.ready()]);
  await first.press("n", "Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter");
  await task.frame.locator("#c .stage").focus();
  await other.press("n", "Enter", "2*ArrowRight", "2*ArrowDown", "Enter");
  const widths = async (canvas: Canvas): Promise<number[]> =>
    ((await canvas.value())["boundingBoxes"] as { width: number }[]).map((each) => each.width);
  expect([await widths(first), await widths(other)]).toEqual([[10], [2]]);
});

test("an image that fails is reported and refuses the answer; a fresh address brings it back", async () => {
  const task = await open(GIVEN.replace("blue.png", "signed.png?stale"));
  await task.frame.getByText("This image could not be loaded.").waitFor();
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-bounding-box").getByText("The image is not there yet.").waitFor();
  const url = String((await task.message("failed-resource"))["url"]);
  await task.say({ type: "urls", urls: { "s3://bucket/signed.png": url.replace("stale", "fresh") } });
  const canvas = await new Canvas(task, "crowd-bounding-box").ready();
  await canvas.drag([40, 20], [100, 70]);
  expect(((await canvas.value())["boundingBoxes"] as unknown[]).length).toBe(2);
});

test("a box begun by keys is discarded at submit after a warning", async () => {
  const { task, canvas } = await start(GIVEN);
  await canvas.press("n", "Enter");
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-bounding-box").getByText("A box is not finished.").waitFor();
  expect(await task.messages("submit")).toEqual([]);
  expect(await task.submit()).toEqual({
    b: { boundingBoxes: [CUP], initialValueModified: false, inputImageProperties: SIZE },
  });
});

test("F6 leaves the image for the labels and the tools; the list is walked by arrow keys", async () => {
  const { task, canvas } = await start(BOXES);
  await canvas.drag([5, 8], [17, 28]);
  await canvas.drag([40, 20], [100, 70]);
  const focused = (): Promise<string> =>
    task.frame.evaluate(() => {
      const active = document.querySelector("crowd-bounding-box")?.shadowRoot?.activeElement;
      return active?.getAttribute("aria-label") ?? active?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    });
  await canvas.press("F6");
  expect(await focused()).toMatch(/^cup/);
  await canvas.press("Tab", "Tab");
  await task.frame.getByRole("button", { name: "cup 2", exact: true }).focus();
  await canvas.press("ArrowUp");
  await expect.poll(focused).toBe("cup 1");
  await canvas.press("Delete", "F6");
  expect(await focused()).toBe("Zoom out");
  await canvas.press("F6");
  expect(await focused()).toMatch(/^Box cups/);
  expect((await canvas.value())["boundingBoxes"]).toEqual([{ height: 50, label: "cup", left: 40, top: 20, width: 60 }]);
});

test("the middle button moves a zoomed image; after a press of a tool the keys are the image's", async () => {
  const { task, canvas } = await start(BOXES);
  await task.frame.getByRole("button", { name: "Zoom in" }).click();
  const before = await canvas.rect();
  await canvas.hover([60, 40]);
  await task.page.mouse.down({ button: "middle" });
  await task.page.mouse.move(300, 400);
  await task.page.mouse.up({ button: "middle" });
  const after = await canvas.rect();
  expect([after.width, after.x < before.x]).toEqual([before.width, true]);
  await canvas.press("Space", "Enter");
  expect((await canvas.rect()).width).toBe(before.width);
  expect((await canvas.value())["boundingBoxes"]).toEqual([]);
});

test("the Shortcuts dialog and the display sliders are accessible", async () => {
  const { task } = await start(GIVEN);
  await task.frame.locator("summary").click();
  await task.frame.getByRole("slider", { name: "Brightness" }).fill("150");
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Shortcuts" }).click();
  await expectAccessible(task);
});

test("all boxes are deleted in one step, which one undo takes back; locked ones stay", async () => {
  const { task, canvas } = await start(GIVEN);
  await canvas.drag([40, 20], [100, 70]);
  await task.frame.getByRole("button", { name: "Delete all" }).click();
  expect((await canvas.value())["boundingBoxes"]).toEqual([]);
  await task.frame.getByRole("checkbox", { name: "Nothing to label" }).waitFor();
  expect(await task.frame.getByRole("checkbox", { name: "Nothing to label" }).isEnabled()).toBe(true);
  await canvas.press("Control+z");
  await task.frame.getByRole("button", { name: "Lock cup 1" }).click();
  await task.frame.getByRole("button", { name: "Delete all" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    b: { boundingBoxes: [CUP], initialValueModified: false, inputImageProperties: SIZE },
  });
});

import { expect, test } from "vitest";
import { Canvas } from "../../../tests/elements/harness/canvas";
import { maskPng, type Picture, readPng } from "../../../tests/elements/harness/masks";
import { expectAccessible, type OpenTask, type Start, useBrowser } from "../../../tests/elements/harness/open-task";

const TAG = "crowd-semantic-segmentation";
const CLEAR = "#00000000";
const ROAD = "#1f77b4ff";
const TREE = "#ff7f0eff";
const open = useBrowser();

interface Answer {
  readonly labelMappings: Readonly<Record<string, { color: string }>>;
  readonly labeledImage: { readonly pngImageData: string };
  readonly inputImageProperties: { readonly width: number; readonly height: number };
  readonly initialValueModified?: boolean;
}

const template = (attributes: string, src = "/image/halves.png"): string =>
  `<crowd-form><${TAG} name="s" header="Paint roads" src="${src}" labels="['Road','Tree']" ${attributes}></${TAG}></crowd-form>`;

const INITIAL = `initial-value="{src: http://127.0.0.1:0/image/mask.png, labelMappings: {Road: {color: '#00aa00'}, 'Tree': {color:'#1f77b4'},}}"`;

async function begin(attributes = "", start: Start = {}, src?: string): Promise<{ task: OpenTask; canvas: Canvas }> {
  const task = await open(template(attributes, src), start);
  const canvas = await new Canvas(task, TAG).ready();
  await expect.poll(() => canvas.value()).toMatchObject({ labeledImage: {} });
  return { task, canvas };
}

async function submitted(task: OpenTask): Promise<{ answer: Answer; picture: Picture }> {
  const { s: answer } = (await task.submit()) as { s: Answer };
  return { answer, picture: readPng(answer.labeledImage.pngImageData) };
}

const rectangle = (left: number, top: number, right: number, bottom: number) =>
  [[left, top], [right, top], [right, bottom], [left, bottom]] as const;

/** Fill an outline by clicks and Enter. */
async function outline(canvas: Canvas, corners: readonly (readonly [number, number])[]): Promise<void> {
  await canvas.press("p");
  await canvas.click(...corners);
  await canvas.press("Enter");
}

test("a brush paints along its way in the label's color; the answer is a PNG of the image's size with exact colors", async () => {
  const { task, canvas } = await begin();
  await canvas.drag([20, 20], [60, 20], [60, 50]);
  await canvas.press("2");
  await canvas.drag([20, 60], [40, 60]);
  const { answer, picture } = await submitted(task);
  expect(answer).toEqual({
    inputImageProperties: { height: 80, width: 120 },
    labelMappings: { Road: { color: "#1f77b4" }, Tree: { color: "#ff7f0e" } },
    labeledImage: { pngImageData: expect.stringMatching(/^iVBORw0/) as string },
  });
  expect([picture.width, picture.height]).toEqual([120, 80]);
  expect(Object.keys(picture.counts).sort()).toEqual([CLEAR, ROAD, TREE]);
  expect([picture.at(20, 20), picture.at(40, 21), picture.at(60, 35), picture.at(30, 60)]).toEqual([ROAD, ROAD, ROAD, TREE]);
  expect([picture.at(40, 25), picture.at(40, 14), picture.at(66, 35), picture.at(14, 20)]).toEqual([CLEAR, CLEAR, CLEAR, CLEAR]);
});

test("nothing painted is an answer: a clear mask and no labels", async () => {
  const { task } = await begin();
  const { answer, picture } = await submitted(task);
  expect(answer.labelMappings).toEqual({});
  expect(picture.counts).toEqual({ [CLEAR]: 9600 });
  expect(answer).not.toHaveProperty("initialValueModified");
});

test("a polygon fills its outline exactly, later ones overwrite, and an eraser takes away", async () => {
  const { task, canvas } = await begin();
  await outline(canvas, rectangle(20, 10, 50, 40));
  await canvas.press("2");
  await outline(canvas, rectangle(40, 30, 60, 50));
  await canvas.press("e");
  await canvas.click(...rectangle(20, 10, 30, 20));
  await canvas.press("Enter");
  const { picture } = await submitted(task);
  expect(picture.counts).toEqual({ [ROAD]: 900 - 100 - 100, [TREE]: 400, [CLEAR]: 9600 - 700 - 400 });
  expect([picture.at(20, 19), picture.at(20, 20), picture.at(49, 29), picture.at(49, 30), picture.at(50, 29)]).toEqual([
    CLEAR, ROAD, ROAD, TREE, CLEAR,
  ]);
});

test("a label that was painted over is not in the answer", async () => {
  const { task, canvas } = await begin();
  await outline(canvas, rectangle(20, 10, 50, 40));
  await canvas.press("2");
  await outline(canvas, rectangle(10, 5, 60, 50));
  expect((await submitted(task)).answer.labelMappings).toEqual({ Tree: { color: "#ff7f0e" } });
});

test("an outline closes by a click on its first corner, and can be drawn in one go", async () => {
  const { task, canvas } = await begin();
  await canvas.press("p");
  await canvas.click(...rectangle(20, 10, 50, 40), [20, 10]);
  await canvas.press("2");
  await canvas.drag([70, 10], [100, 10], [100, 40], [70, 40], [70, 10]);
  const { picture } = await submitted(task);
  expect(picture.counts[ROAD]).toBe(900);
  expect(picture.counts[TREE]).toBeGreaterThan(840);
  expect(picture.counts[TREE]).toBeLessThan(960);
});

test("superpixels keep to the picture's edges, by mouse", async () => {
  const { task, canvas } = await begin();
  await canvas.press("s");
  await task.frame.getByText("Click or drag to paint superpixels").waitFor();
  await canvas.drag([57, 5], [57, 30], [57, 75]);
  const { picture } = await submitted(task);
  expect(Object.keys(picture.counts).sort()).toEqual([CLEAR, ROAD]);
  expect(picture.counts[ROAD]).toBeGreaterThan(80 * 3);
  for (let y = 0; y < 80; y++) {
    expect([picture.at(59, y), picture.at(60, y)]).toEqual([ROAD, CLEAR]);
  }
});

test("by keyboard alone, superpixels are painted and erased, and outlines filled", async () => {
  const { task, canvas } = await begin();
  await task.frame.locator(`${TAG} .stage`).focus();
  await canvas.press("s");
  await task.frame.getByText("Click or drag to paint superpixels").waitFor();
  await canvas.press("ArrowRight", "Space", "ArrowRight", "Enter");
  const painted = readPng(((await canvas.value()) as unknown as Answer).labeledImage.pngImageData);
  expect(painted.counts[ROAD]).toBeGreaterThan(30);
  await canvas.press("e", "Enter");
  const erased = readPng(((await canvas.value()) as unknown as Answer).labeledImage.pngImageData);
  expect(erased.counts[ROAD]).toBeGreaterThan(0);
  expect(erased.counts[ROAD]).toBeLessThan(painted.counts[ROAD] ?? 0);
  await canvas.press("Control+z", "Control+z", "Control+z", "2", "p");
  await canvas.press("Shift+ArrowLeft", "Space", "10*Shift+ArrowRight", "Space", "10*Shift+ArrowDown", "Space", "10*Shift+ArrowLeft", "Space", "Enter");
  const { answer, picture } = await submitted(task);
  expect(picture.counts).toEqual({ [TREE]: 100, [CLEAR]: 9500 });
  expect(answer.labelMappings).toEqual({ Tree: { color: "#ff7f0e" } });
});

test("acts are undone and done again, corner by corner while an outline is drawn", async () => {
  const { task, canvas } = await begin();
  const count = async (): Promise<number> =>
    readPng(((await canvas.value()) as unknown as Answer).labeledImage.pngImageData).counts[ROAD] ?? 0;
  await canvas.press("p");
  await canvas.click([0, 0], [20, 0], [70, 70]);
  await task.frame.getByText("Click the first corner or press Enter to fill.").waitFor();
  await canvas.press("Control+z");
  await canvas.click([20, 10], [0, 10]);
  await canvas.press("Enter");
  expect(await count()).toBe(200);
  await canvas.press("Control+z");
  expect(await count()).toBe(0);
  await canvas.press("Control+Shift+z");
  expect(await count()).toBe(200);
  await task.frame.getByRole("button", { name: "Undo" }).click();
  expect(await count()).toBe(0);
});

test("an outline that is not filled is warned of once, and then left out", async () => {
  const { task, canvas } = await begin();
  await canvas.press("p");
  await canvas.click(...rectangle(20, 10, 50, 40));
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByText("A polygon is not filled yet.").first().waitFor();
  expect((await submitted(task)).answer.labelMappings).toEqual({});
});

/** The initial value with an address that leads to the server, in quotes or not. */
async function adjusted(quote: string, start: Start = {}): Promise<{ task: OpenTask; canvas: Canvas }> {
  const origin = new URL((await open("<p></p>")).page.url()).origin;
  return begin(INITIAL.replace("http://127.0.0.1:0/image/mask.png", `${quote}${origin}/image/mask.png${quote}`), start);
}

test("an initial mask is kept pixel by pixel in its colors; unknown ones are unpainted, and nothing was modified", async () => {
  const { task } = await adjusted("");
  const { answer, picture } = await submitted(task);
  expect(answer.labelMappings).toEqual({ Road: { color: "#00aa00" }, Tree: { color: "#1f77b4" } });
  expect(answer.initialValueModified).toBe(false);
  const before = readPng(maskPng().toString("base64"));
  expect(picture.counts).toEqual({ "#00aa00ff": 1200, [ROAD]: 1200, [CLEAR]: 7200 });
  for (let x = 0; x < 120; x++) {
    expect([picture.at(x, 30), picture.at(x, 15), picture.at(x, 59)]).toEqual([before.at(x, 30), before.at(x, 15), before.at(x, 59)]);
  }
});

test("an initial mask that was painted on is modified, and no longer once that is undone", async () => {
  const { task, canvas } = await adjusted("'");
  await outline(canvas, rectangle(0, 0, 10, 10));
  expect(await canvas.value()).toMatchObject({ initialValueModified: true });
  await canvas.press("Control+z");
  expect(await canvas.value()).toMatchObject({ initialValueModified: false });
  await canvas.press("Control+y");
  const { answer, picture } = await submitted(task);
  expect(answer.initialValueModified).toBe(true);
  expect(picture.counts["#00aa00ff"]).toBe(1300);
});

test("an initial mask that does not load says so, is reported, and can't be submitted over", async () => {
  const task = await open(template(`initial-value="{src:'/image/none.png',labelMappings:{Road:{color:'#00aa00'}}}"`));
  await task.frame.getByText("The earlier mask could not be loaded. If it stays away").waitFor();
  expect(await task.frame.getByRole("button", { name: "Start without it" }).count()).toBe(0);
  expect(String((await task.message("failed-resource"))["url"])).toMatch(/\/image\/none\.png$/);
  await task.frame.getByRole("button", { name: "Try again" }).click();
  await expect.poll(async () => (await task.messages("failed-resource")).length).toBe(2);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-form .notice").getByText("The earlier mask could not be loaded.").waitFor();
  expect(await task.messages("submit")).toEqual([]);
});

test("an image of a place without CORS is painted by brush and polygon; superpixels are not offered", async () => {
  const { task, canvas } = await begin("", {}, "/image/no-cors.png");
  expect(await task.frame.getByRole("button", { name: "Superpixels" }).isDisabled()).toBe(true);
  await canvas.press("s");
  await canvas.drag([20, 20], [60, 20]);
  await outline(canvas, rectangle(20, 40, 50, 50));
  const { picture } = await submitted(task);
  expect([picture.at(40, 20), picture.at(40, 45)]).toEqual([ROAD, ROAD]);
});

test("a turned JPEG is painted, and divided, as it is stored", async () => {
  const task = await open(template("", "/image/turned.jpg"));
  const canvas = await new Canvas(task, TAG, [60, 40]).ready();
  await canvas.press("s");
  await task.frame.getByText("Click or drag to paint superpixels").waitFor();
  await canvas.click([30, 20]);
  const { answer, picture } = await submitted(task);
  expect(answer.inputImageProperties).toEqual({ height: 40, width: 60 });
  expect([picture.width, picture.height, picture.at(30, 20)]).toEqual([60, 40, ROAD]);
});

test("a draft comes back pixel by pixel, and reset returns to the initial mask", async () => {
  const first = await adjusted("");
  await outline(first.canvas, rectangle(0, 0, 10, 10));
  const draft = (await first.task.collect()) as { s: Answer };
  const { task, canvas } = await adjusted("", { draft: draft as unknown as Record<string, unknown> });
  expect(await task.collect()).toEqual(draft);
  await task.frame.evaluate(() => (document.querySelector("crowd-form") as unknown as { reset(): void }).reset());
  await expect.poll(() => canvas.value()).toMatchObject({ initialValueModified: false });
});

test("each value is a copy, and a script may add labels", async () => {
  const { task, canvas } = await begin();
  await outline(canvas, rectangle(0, 0, 10, 10));
  await task.frame.evaluate((tag) => {
    const widget = document.querySelector(tag) as unknown as { value: Record<string, unknown>; labels: string[] };
    widget.value["labelMappings"] = null;
    widget.labels = widget.labels.concat(["Sky"]);
  }, TAG);
  await canvas.press("3");
  await outline(canvas, rectangle(20, 0, 30, 10));
  expect((await submitted(task)).answer.labelMappings).toEqual({ Road: { color: "#1f77b4" }, Sky: { color: "#2ca02c" } });
});

test("a pinch keeps the corners that a polygon has so far", async () => {
  const { task, canvas } = await begin();
  await canvas.press("p");
  await canvas.click([20, 10], [50, 10]);
  await canvas.touch([[60, 40], [50, 40]], [[70, 40], [90, 40]]);
  await canvas.press("f");
  await canvas.click([50, 40], [20, 40]);
  await canvas.press("Enter");
  expect((await submitted(task)).picture.counts[ROAD]).toBe(900);
});

test("the mask lies on the image at every zoom, where the brush goes", async () => {
  const { task, canvas } = await begin();
  await canvas.press("3*+");
  await task.page.mouse.move(...(await canvas.at([60, 40])));
  await task.page.mouse.wheel(0, -120);
  const [mask, upper, image] = [await canvas.rect("canvas.mask"), await canvas.rect(), await canvas.rect(".sheet img")];
  expect([mask, upper]).toEqual([image, image]);
  expect(image.width).toBeGreaterThan(1300);
  await canvas.drag([60, 40], [66, 40]);
  const { picture } = await submitted(task);
  expect([picture.at(63, 40), picture.at(63, 46)]).toEqual([ROAD, CLEAR]);
});

test("a mask that is too large to be sent is refused with the reason, and kept", async () => {
  const { task, canvas } = await begin();
  await outline(canvas, rectangle(0, 0, 10, 10));
  await task.frame.evaluate(() => {
    HTMLCanvasElement.prototype.toDataURL = () => `data:image/png;base64,${"A".repeat(5_300_000)}`;
  });
  await outline(canvas, rectangle(20, 0, 30, 10));
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-form .notice").getByText("The mask is too detailed to be sent: 5.3 MB of 5.2 at most.").waitFor();
  expect(await task.messages("submit")).toEqual([]);
});

test("fingers paint with one and pinch with two, and a pinch paints nothing", async () => {
  const { task, canvas } = await begin();
  await canvas.touch([[20, 20], [30, 20], [40, 20]]);
  await canvas.touch([[60, 40], [50, 40]], [[70, 40], [90, 40]]);
  const { picture } = await submitted(task);
  expect([picture.at(30, 20), picture.at(60, 40), picture.at(70, 40)]).toEqual([ROAD, CLEAR, CLEAR]);
});

test("nobody is shut out: roles, names and contrast", async () => {
  const { task, canvas } = await begin();
  await canvas.drag([20, 20], [60, 20]);
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Shortcuts" }).click();
  await expectAccessible(task);
});

test("everything is erased in one act, which one undo takes back", async () => {
  const { task, canvas } = await adjusted("'");
  const before = await canvas.value();
  await task.frame.getByRole("button", { name: "Erase all" }).click();
  expect(await canvas.value()).toMatchObject({ initialValueModified: true, labelMappings: {} });
  await canvas.press("Control+z");
  expect(await canvas.value()).toEqual(before);
  await canvas.press("Control+y");
  const { answer, picture } = await submitted(task);
  expect([answer.labelMappings, Object.keys(picture.counts)]).toEqual([{}, [CLEAR]]);
});

test("an optional initial mask that does not load may be left away", async () => {
  const task = await open(template(`initial-value="{src:'/image/none.png',labelMappings:{Road:{color:'#00aa00'}},optional:true}"`));
  await task.frame.getByRole("button", { name: "Start without it" }).click();
  const canvas = await new Canvas(task, TAG).ready();
  await expect.poll(() => canvas.value()).toMatchObject({ labelMappings: {} });
  await outline(canvas, rectangle(0, 0, 10, 10));
  const { answer, picture } = await submitted(task);
  expect(answer.labelMappings).toEqual({ Road: { color: "#00aa00" } });
  expect(picture.counts["#00aa00ff"]).toBe(100);
});

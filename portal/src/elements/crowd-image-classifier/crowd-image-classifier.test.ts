import { expect, test } from "vitest";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const PIC = `<crowd-form><crowd-image-classifier name="pic" header="Which?" src="/image/blue.png" categories='["cup","jug"]'>
  <worker-comment header="Why?" link-text="Say why" placeholder="e.g. blurred">Tell us.</worker-comment>
  </crowd-image-classifier></crowd-form>`;

test("the category and the comment are the answer", async () => {
  const task = await open(PIC);
  await task.page.keyboard.press("2");
  await task.frame.getByRole("button", { name: "Say why" }).click();
  await task.frame.getByRole("textbox", { name: "Why?" }).fill("two handles");
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Done" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ pic: { label: "jug", workerComment: "two handles" } });
});

test("without a comment there is no key for it", async () => {
  const task = await open(PIC);
  await task.page.keyboard.press("1");
  expect(await task.submit()).toEqual({ pic: { label: "cup" } });
});

test("the image gives room back when the window shrinks, beside the categories or above them", async () => {
  const task = await open(PIC);
  const height = (): Promise<number> =>
    task.frame.locator("img").evaluate((image) => Math.round(image.getBoundingClientRect().height));
  for (const width of [768, 1280]) {
    await task.page.setViewportSize({ width, height: 1000 });
    await expect.poll(height).toBeGreaterThan(500);
    await task.page.setViewportSize({ width, height: 620 });
    await expect.poll(height).toBeLessThan(450);
  }
  await task.page.setViewportSize({ width: 1280, height: 800 });
});

test("keys and buttons zoom the image", async () => {
  const task = await open(PIC);
  const width = (): Promise<number> =>
    task.frame.locator("img").evaluate((image) => Math.round(image.getBoundingClientRect().width));
  await expect.poll(width).toBeGreaterThan(400);
  const fit = await width();
  await task.page.keyboard.press("+");
  await expect.poll(width).toBeGreaterThan(fit * 1.24);
  await task.frame.getByRole("button", { name: "Zoom out" }).click();
  await task.frame.getByRole("button", { name: "Zoom out" }).click();
  await expect.poll(width).toBeLessThan(fit / 1.24);
  await task.page.keyboard.press("f");
  await expect.poll(width).toBe(fit);
});

test("an image of a place without CORS shows all the same", async () => {
  const task = await open(PIC.replace("blue.png", "no-cors.png"));
  await task.frame.getByRole("img", { name: "Image to classify" }).waitFor();
  expect(await task.messages("failed-resource")).toEqual([]);
});

test("a turned JPEG shows as it is stored", async () => {
  const task = await open(PIC.replace("blue.png", "turned.jpg"));
  const image = task.frame.getByRole("img", { name: "Image to classify" });
  await image.waitFor();
  const ratio = await image.evaluate((each) => each.getBoundingClientRect().width / each.getBoundingClientRect().height);
  expect(ratio).toBeCloseTo(60 / 40, 1);
});

test("an image that fails says so and is reported; a fresh address brings it back", async () => {
  const task = await open(PIC.replace("blue.png", "signed.png?stale"));
  await task.frame.getByText("This image could not be loaded.").waitFor();
  const url = String((await task.message("failed-resource"))["url"]);
  expect(url).toMatch(/\/image\/signed\.png\?stale$/);
  await task.say({ type: "urls", urls: { "s3://bucket/signed.png": url.replace("stale", "fresh") } });
  await task.frame.getByRole("img", { name: "Image to classify" }).waitFor();
});

test("earlier boxes are drawn over the image in its pixels, and can be hidden", async () => {
  const task = await open(
    PIC.replace("name=", `overlay="{boundingBox:{labels:['cup'],value:[{label:'cup',left:30,top:20,width:60,height:40},]}}" name=`),
  );
  await task.frame.getByRole("img", { name: "Image to classify" }).waitFor();
  const share = await task.frame.evaluate(() => {
    const view = document.querySelector("crowd-image-classifier")?.shadowRoot?.querySelector("groundwork-image")?.shadowRoot;
    const image = (view?.querySelector("img") as Element).getBoundingClientRect();
    const box = (view?.querySelector("svg.drawing rect") as Element).getBoundingClientRect();
    return [(box.left - image.left) / image.width, (box.top - image.top) / image.height, box.width / image.width];
  });
  expect(share.map((each) => Math.round(each * 100))).toEqual([25, 25, 50]);
  await expectAccessible(task);
  await task.page.keyboard.press("h");
  await expect.poll(() => task.frame.getByRole("checkbox", { name: "Show boxes" }).isChecked()).toBe(false);
});

/** The pixel of the shown mask at a place, and whether the mask covers the image. */
function shownMask(task: OpenTask, x: number, y: number): Promise<{ pixel: number[]; covers: boolean } | null> {
  return task.frame.evaluate(
    ([left, top]) => {
      const view = document.querySelector("crowd-image-classifier")?.shadowRoot?.querySelector("groundwork-image")?.shadowRoot;
      const [image, mask] = [view?.querySelector(".sheet > img"), view?.querySelector(".layer > *")];
      if (!image || !mask) {
        return null;
      }
      const [a, b] = [image.getBoundingClientRect(), mask.getBoundingClientRect()];
      const canvas = mask instanceof HTMLCanvasElement ? mask : document.createElement("canvas");
      const pixel = [...(canvas.getContext("2d")?.getImageData(left, top, 1, 1).data ?? [])];
      return { pixel, covers: a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height };
    },
    [x, y] as const,
  );
}

const MASKED = PIC.replace(
  "name=",
  `overlay="{semanticSegmentation:{labels:['cup','jug'],labelMappings:{cup:{color:'#00aa00'},jug:{color:'#1f77b4'}},src:'/image/mask.png'}}" name=`,
);

test("an earlier mask is laid over the image in its labels' colors, without what is no label's, and can be hidden", async () => {
  const task = await open(MASKED);
  await expect.poll(() => shownMask(task, 20, 20)).toEqual({ pixel: [0, 170, 0, 255], covers: true });
  expect((await shownMask(task, 70, 30))?.pixel).toEqual([31, 119, 180, 255]);
  expect((await shownMask(task, 70, 75))?.pixel).toEqual([0, 0, 0, 0]);
  expect(await task.frame.locator(".legend .key").allTextContents()).toEqual(["cup", "jug"]);
  await expectAccessible(task);
  await task.frame.getByRole("checkbox", { name: "Show mask" }).uncheck();
  await expect.poll(() => shownMask(task, 20, 20)).toBeNull();
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("h");
  await expect.poll(() => shownMask(task, 20, 20)).not.toBeNull();
  expect(await task.submit()).toEqual({ pic: { label: "cup" } });
});

test("an earlier mask of instances has a legend of its instances", async () => {
  const task = await open(
    PIC.replace(
      "name=",
      `overlay="{instanceSegmentation:{labels:['cup'],instances:[{color:'#00aa00',label:'cup'},{color:'#1f77b4',label:'cup'}],src:'/image/mask.png'}}" name=`,
    ),
  );
  await expect.poll(() => shownMask(task, 70, 30)).toEqual({ pixel: [31, 119, 180, 255], covers: true });
  expect(await task.frame.locator(".legend .key").allTextContents()).toEqual(["cup", "cup"]);
});

test("an earlier mask that may not be read is shown as it is; one that does not load says so and is reported", async () => {
  const unread = await open(MASKED.replace("mask.png", "no-cors.png"));
  await expect.poll(() => shownMask(unread, 0, 0)).toMatchObject({ covers: true });
  const task = await open(MASKED.replace("mask.png", "signed.png?stale"));
  await task.frame.getByText("The earlier mask could not be loaded.").waitFor();
  const url = String((await task.message("failed-resource"))["url"]);
  await task.say({ type: "urls", urls: { "s3://bucket/signed.png": url.replace("stale", "fresh") } });
  await expect.poll(() => shownMask(task, 0, 0)).toMatchObject({ covers: true });
});

test("the notice of a missing choice covers no submit button and goes with the choice", async () => {
  const task = await open(PIC);
  const submit = task.frame.getByRole("button", { name: "Submit" });
  await submit.click();
  const notice = task.frame.locator("crowd-form .notice > div");
  const [above, below] = [await notice.boundingBox(), await submit.boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await task.page.keyboard.press("2");
  await notice.waitFor({ state: "detached" });
});

test("on a phone the question keeps its line, and the image and categories come before the instructions", async () => {
  await (await open(PIC)).page.setViewportSize({ width: 390, height: 744 });
  const task = await open(PIC.replace("<worker-comment", "<short-instructions>Look twice.</short-instructions><worker-comment"));
  try {
    const question = await task.frame.getByRole("heading", { name: "Which?" }).boundingBox();
    expect(question!.width).toBeGreaterThan(300);
    expect(await task.frame.getByText("Look twice.").isVisible()).toBe(false);
    await task.frame.getByRole("button", { name: "Show instructions" }).click();
    await task.frame.getByText("Look twice.").waitFor();
    await expectAccessible(task);
  } finally {
    await task.page.setViewportSize({ width: 1280, height: 800 });
  }
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const PIC = `<crowd-form><crowd-image-classifier-multi-select name="pic" header="Which?" src="/image/blue.png"
  categories="['cup','jug']" exclusion-category="{text:'None'}">
  <worker-comment header="Why?" link-text="Say why" placeholder="e.g. blurred">Tell us.</worker-comment>
  <short-instructions>All that you see.</short-instructions></crowd-image-classifier-multi-select></crowd-form>`;

test("the categories and the comment are the answer, by mouse", async () => {
  const task = await open(PIC);
  await task.frame.getByRole("checkbox", { name: "cup" }).click();
  await task.frame.getByRole("checkbox", { name: "jug" }).click();
  await task.frame.getByRole("button", { name: "Say why" }).click();
  await task.frame.getByRole("textbox", { name: "Why?" }).fill("two handles");
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Done" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ pic: { labels: ["cup", "jug"], workerComment: "two handles" } });
});

test("digits choose and Enter submits; without a comment there is no key for it", async () => {
  const task = await open(PIC);
  await task.page.keyboard.press("2");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ pic: { labels: ["jug"] } });
});

test("N chooses the exclusion alone", async () => {
  const task = await open(PIC);
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("n");
  expect(await task.submit()).toEqual({ pic: { labels: ["None"] } });
});

test("a comment alone is no answer, but a draft keeps it", async () => {
  const task = await open(PIC, { draft: { pic: { workerComment: "odd" } } });
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-image-classifier-multi-select").getByText("at least one category").waitFor();
  expect(await task.collect()).toEqual({ pic: { workerComment: "odd" } });
});

test("keys zoom the image, and one that fails says so", async () => {
  const task = await open(PIC);
  const width = (): Promise<number> =>
    task.frame.locator("img").evaluate((image) => Math.round(image.getBoundingClientRect().width));
  await expect.poll(width).toBeGreaterThan(400);
  const fit = await width();
  await task.page.keyboard.press("+");
  await expect.poll(width).toBeGreaterThan(fit * 1.24);
  const broken = await open(PIC.replace("blue.png", "none.png"));
  await broken.frame.getByText("This image could not be loaded.").waitFor();
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("lines keep their breaks, and the count follows", async () => {
  const task = await open('<crowd-form><crowd-text-area name="note" label="Note" rows="3" char-counter></crowd-text-area></crowd-form>');
  await task.frame.getByLabel("Note").pressSequentially("a\nb");
  await task.frame.locator("crowd-text-area").getByText("3", { exact: true }).waitFor();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ note: "a\nb" });
});

test("without text it stays out of the answer, and a required one refuses", async () => {
  const task = await open(`<crowd-form><crowd-text-area name="a"></crowd-text-area>
    <crowd-text-area name="b" label="B" required></crowd-text-area></crowd-form>`);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-text-area").getByText("Please fill in B.").waitFor();
  await task.frame.getByLabel("B").fill("x");
  expect(await task.submit()).toEqual({ b: "x" });
});

test("it grows with its text up to max-rows", async () => {
  const task = await open('<crowd-form><crowd-text-area name="a" label="A" rows="1" max-rows="4"></crowd-text-area></crowd-form>');
  const height = (): Promise<number> =>
    task.frame.getByLabel("A").evaluate((field) => Math.round(field.getBoundingClientRect().height));
  const one = await height();
  await task.frame.getByLabel("A").fill("1\n2\n3");
  await expect.poll(height).toBeGreaterThan(one + 30);
  await task.frame.getByLabel("A").fill("1\n2\n3\n4");
  const four = await height();
  await task.frame.getByLabel("A").fill(Array(30).fill("x").join("\n"));
  expect(await height()).toBeLessThan(four + 40);
});

test("Ctrl+Enter submits from inside, Enter does not", async () => {
  const task = await open('<crowd-form><crowd-text-area name="a" label="A"></crowd-text-area></crowd-form>');
  await task.frame.getByLabel("A").pressSequentially("x\ny");
  expect(await task.messages("submit")).toEqual([]);
  await task.page.keyboard.press("Control+Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ a: "x\ny" });
});

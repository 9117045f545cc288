import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("the link opens a dialog whose controls belong to the answer; Escape closes it and stays in the frame", async () => {
  const task = await open(`<crowd-form><crowd-modal link-text="More" link-type="button">
    <crowd-input name="why" label="Why"></crowd-input></crowd-modal></crowd-form>`);
  await task.frame.getByRole("button", { name: "More" }).click();
  await task.frame.getByLabel("Why").fill("because");
  await expectAccessible(task);
  await task.page.keyboard.press("Escape");
  await task.frame.getByRole("dialog").waitFor({ state: "hidden" });
  expect(await task.messages("key")).toEqual([]);
  expect(await task.submit()).toEqual({ why: "because" });
});

test("a problem inside opens the dialog; the button and the backdrop close it", async () => {
  const task = await open('<crowd-form><crowd-modal><input name="a" required aria-label="A"></crowd-modal></crowd-form>');
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByRole("textbox", { name: "A" }).waitFor();
  await task.frame.getByRole("button", { name: "Close" }).click();
  await task.frame.getByRole("button", { name: "Click to open modal" }).click();
  await task.page.mouse.click(5, 5);
  await task.frame.getByRole("dialog").waitFor({ state: "hidden" });
});

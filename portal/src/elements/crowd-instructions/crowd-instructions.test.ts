import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("the dialog has a tab for each region the template gives, walked by keyboard", async () => {
  const task = await open(`<crowd-form><crowd-instructions link-text="Help" link-type="button">
    <short-summary>Box cups</short-summary><positive-example>tight</positive-example>
    <negative-example>loose</negative-example><negative-example>no box</negative-example></crowd-instructions></crowd-form>`);
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("Enter");
  await task.frame.getByText("Box cups").waitFor();
  expect(await task.frame.getByRole("tab").allTextContents()).toEqual([
    expect.stringContaining("Summary"),
    expect.stringContaining("Examples"),
  ]);
  await task.frame.getByRole("tab", { name: "Summary" }).focus();
  await task.page.keyboard.press("ArrowRight");
  await task.frame.getByText("tight").waitFor();
  await task.frame.getByText("no box").waitFor();
  expect(await task.frame.getByText("Box cups").isVisible()).toBe(false);
  await expectAccessible(task);
  await task.page.keyboard.press("Escape");
  expect(await task.submit()).toEqual({});
});

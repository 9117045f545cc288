import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("a warning is announced and can be dismissed by keyboard", async () => {
  const task = await open('<crowd-form><crowd-alert type="warning" dismissible>Two left</crowd-alert></crowd-form>');
  expect(await task.frame.locator("crowd-alert").getByRole("alert").textContent()).toBeDefined();
  await expectAccessible(task);
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("Enter");
  await task.frame.getByText("Two left").waitFor({ state: "hidden" });
  expect(await task.messages("submit")).toEqual([]);
});

test("one that a script injects says what it holds", async () => {
  const task = await open('<crowd-form><div id="here"></div></crowd-form>');
  await task.frame.evaluate(() => {
    (document.getElementById("here") as Element).innerHTML = '<crowd-alert type="success">Well done</crowd-alert>';
  });
  await task.frame.locator("crowd-alert").getByRole("status").waitFor();
  await task.frame.getByText("Well done").waitFor();
});

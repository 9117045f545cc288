import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const TABS = `<crowd-form><crowd-tabs><crowd-tab header="One"><crowd-input name="x" label="X" required></crowd-input></crowd-tab>
  <crowd-tab header="Two"><crowd-input name="y" label="Y"></crowd-input></crowd-tab></crowd-tabs></crowd-form>`;

test("controls in hidden tabs belong to the answer; the arrow keys change the tab", async () => {
  const task = await open(TABS);
  await task.frame.getByLabel("X").fill("1");
  await task.frame.getByRole("tab", { name: "One" }).focus();
  await task.page.keyboard.press("ArrowRight");
  await task.frame.getByLabel("Y").fill("2");
  expect(await task.frame.getByLabel("X").isVisible()).toBe(false);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ x: "1", y: "2" });
});

test("a problem in a hidden tab opens that tab", async () => {
  const task = await open(TABS);
  await task.frame.getByRole("tab", { name: "Two" }).click();
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-input").getByText("Please fill in X.").waitFor();
  expect(await task.frame.getByRole("tab", { name: "One" }).getAttribute("aria-selected")).toBe("true");
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("a tab that a script adds shows up in the strip", async () => {
  const task = await open('<crowd-form><crowd-tabs><crowd-tab header="One">first</crowd-tab></crowd-tabs></crowd-form>');
  await task.frame.evaluate(() => {
    const tab = document.createElement("crowd-tab");
    tab.setAttribute("header", "More");
    tab.textContent = "second";
    document.querySelector("crowd-tabs")?.append(tab);
  });
  await task.frame.getByRole("tab", { name: "More" }).click();
  expect(await task.frame.getByText("second").isVisible()).toBe(true);
  expect(await task.frame.getByText("first").isVisible()).toBe(false);
  await expectAccessible(task);
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("only one is visible at a time, and it goes by itself", async () => {
  const task = await open(`<crowd-form><crowd-toast id="one" text="Saved" duration="60000" opened></crowd-toast>
    <crowd-toast id="two" duration="700">Gone <b>soon</b></crowd-toast></crowd-form>`);
  await task.frame.getByText("Saved").waitFor();
  await expectAccessible(task);
  await task.frame.evaluate(() => document.getElementById("two")?.setAttribute("opened", ""));
  await task.frame.getByText("Gone").waitFor();
  expect(await task.frame.getByText("Saved").isVisible()).toBe(false);
  await task.frame.getByText("Gone").waitFor({ state: "hidden" });
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("its click reaches the page's handlers, which may submit", async () => {
  const task = await open(`<crowd-form><input type="hidden" name="a" value="1"><crowd-icon-button icon="help" id="h"
    onclick="document.querySelector('crowd-form').submit()"></crowd-icon-button></crowd-form>`);
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "help" }).click();
  expect((await task.message("submit"))["answer"]).toEqual({ a: "1" });
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("outside a group, buttons of one name are independent and merge", async () => {
  const task = await open(`<crowd-form><crowd-radio-button name="q" value="a">A</crowd-radio-button>
    <crowd-radio-button name="q" value="b">B</crowd-radio-button></crowd-form>`);
  await task.frame.getByRole("radio", { name: "A" }).check();
  await task.frame.getByRole("radio", { name: "B" }).check();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ q: { a: true, b: true } });
});

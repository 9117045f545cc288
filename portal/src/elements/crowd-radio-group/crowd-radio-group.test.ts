import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("buttons of different names contribute one flag each, and only one is on", async () => {
  const task = await open(`<crowd-form><crowd-radio-group>
    <crowd-radio-button name="a" value="y" checked>Yes</crowd-radio-button>
    <crowd-radio-button name="b" value="n">No</crowd-radio-button></crowd-radio-group></crowd-form>`);
  await task.frame.getByRole("radio", { name: "No" }).check();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ a: { y: false }, b: { n: true } });
});

test("the arrow keys walk through wrapped buttons, and Tab stops once", async () => {
  const task = await open(`<crowd-form><crowd-radio-group id="g">
    <p><crowd-radio-button name="a">A</crowd-radio-button></p>
    <p><crowd-radio-button name="b" disabled>B</crowd-radio-button></p>
    <p><crowd-radio-button name="c">C</crowd-radio-button></p></crowd-radio-group></crowd-form>`);
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("ArrowDown");
  expect(await task.collect()).toEqual({ a: { on: false }, b: { on: false }, c: { on: true } });
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ a: { on: false }, b: { on: false }, c: { on: true } });
});

test("scripts check a child through the group, and the others go off at once", async () => {
  const task = await open(`<crowd-form><crowd-radio-group><crowd-radio-button name="a" checked>A</crowd-radio-button><crowd-radio-button
    name="b">B</crowd-radio-button></crowd-radio-group></crowd-form>`);
  const states = await task.frame.evaluate(() => {
    const children = [...(document.querySelector("crowd-radio-group") as Element).children] as HTMLInputElement[];
    (children[1] as HTMLInputElement).checked = true;
    return children.map((child) => child.checked);
  });
  expect(states).toEqual([false, true]);
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("boxes of one name make one object, off ones are reported as false", async () => {
  const task = await open(`<crowd-form><crowd-checkbox name="f" value="dark">Dark</crowd-checkbox>
    <crowd-checkbox name="f" value="wet">Wet</crowd-checkbox><crowd-checkbox name="ok">Fine</crowd-checkbox></crowd-form>`);
  await task.frame.getByRole("checkbox", { name: "Dark" }).check();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ f: { dark: true, wet: false }, ok: { on: false } });
});

test("it is ticked by keyboard, and checked and disabled are live", async () => {
  const task = await open(`<crowd-form><crowd-checkbox name="a" disabled="false">A</crowd-checkbox>
    <crowd-checkbox name="b" checked disabled>B</crowd-checkbox><crowd-checkbox name="c" checked="false">C</crowd-checkbox></crowd-form>`);
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("Space");
  await task.frame.evaluate(() => {
    (document.querySelector("[name=c]") as HTMLInputElement).checked = true;
  });
  expect(await task.submit()).toEqual({ a: { on: true }, b: { on: true }, c: { on: true } });
});

test("a required box that is off refuses the submit", async () => {
  const task = await open('<crowd-form><crowd-checkbox name="a" required>I have read it</crowd-checkbox></crowd-form>');
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-checkbox").getByText("Please tick").waitFor();
  expect(await task.messages("submit")).toEqual([]);
  await task.frame.getByRole("checkbox", { name: "I have read it" }).check();
  expect(await task.submit()).toEqual({ a: { on: true } });
});

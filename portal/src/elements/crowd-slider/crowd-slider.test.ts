import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const SLIDER = `<crowd-form><crowd-slider name="fit" min="1" max="5" pin editable secondary-progress="4">
  <crowd-slider-label position="3">ok</crowd-slider-label></crowd-slider></crowd-form>`;

test("the value is a number, moved by keyboard", async () => {
  const task = await open(SLIDER);
  await task.frame.getByRole("slider", { name: "fit" }).focus();
  await task.page.keyboard.press("ArrowRight");
  await task.page.keyboard.press("ArrowRight");
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ fit: 3 });
});

test("a number may be typed, and stays within the limits", async () => {
  const task = await open(SLIDER);
  await task.frame.getByRole("spinbutton").fill("9");
  await task.frame.getByRole("spinbutton").blur();
  expect(await task.submit()).toEqual({ fit: 5 });
});

test("a required slider without preset refuses until it is touched; onchange sees the value", async () => {
  const task = await open(`<crowd-form><crowd-slider name="fit" min="1" max="5" required
    onchange="document.querySelector('[name=seen]').value = this.value"></crowd-slider>
    <crowd-slider name="preset" max="10" step="5" value="5" required></crowd-slider><input type="hidden" name="seen"></crowd-form>`);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-slider").getByText("Please choose a value").waitFor();
  await task.page.keyboard.press("End");
  expect(await task.submit()).toEqual({ fit: 5, preset: 5, seen: "5" });
});

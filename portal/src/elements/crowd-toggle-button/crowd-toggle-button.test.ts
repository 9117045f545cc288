import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("a switch is on or off under its value", async () => {
  const task = await open(`<crowd-form><crowd-toggle-button name="live" checked></crowd-toggle-button>
    <crowd-toggle-button name="odd" value="yes" invalid>Odd</crowd-toggle-button></crowd-form>`);
  await task.frame.getByRole("switch", { name: "Odd" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ live: { on: true }, odd: { yes: true } });
});

test("required means on", async () => {
  const task = await open('<crowd-form><crowd-toggle-button name="live" required>Live</crowd-toggle-button></crowd-form>');
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-toggle-button").getByText("Please tick").waitFor();
  await task.page.keyboard.press("Space");
  expect(await task.submit()).toEqual({ live: { on: true } });
});

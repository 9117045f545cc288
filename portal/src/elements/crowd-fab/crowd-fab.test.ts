import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("more than one character shows an ellipsis; the title names it", async () => {
  const task = await open('<crowd-form><crowd-fab label="!" title="Report" onclick="this.label = \'long\'"></crowd-fab></crowd-form>');
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Report" }).click();
  await expect.poll(() => task.frame.getByRole("button", { name: "Report" }).textContent()).toBe("…");
});

test("disabled, it takes no click", async () => {
  const task = await open('<crowd-form><crowd-fab icon="flag" title="Report" disabled></crowd-fab></crowd-form>');
  expect(await task.frame.getByRole("button", { name: "Report" }).isDisabled()).toBe(true);
});

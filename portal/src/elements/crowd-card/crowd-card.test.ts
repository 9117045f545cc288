import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("heading, picture and children show, and what fails to load is reported", async () => {
  const task = await open('<crowd-form><crowd-card heading="Item 1" image="/image/missing.png">text <input name="a" value="1" aria-label="A"></crowd-card></crowd-form>');
  await task.frame.getByRole("heading", { name: "Item 1" }).waitFor();
  expect(String((await task.message("failed-resource"))["url"])).toMatch(/\/image\/missing\.png$/);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ a: "1" });
});

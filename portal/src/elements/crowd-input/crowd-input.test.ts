import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("what is typed is the answer under the name", async () => {
  const task = await open('<crowd-form><crowd-input name="city" label="City" required></crowd-input></crowd-form>');
  await task.frame.getByLabel("City").fill("Oslo");
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ city: "Oslo" });
});

test("a field without text stays out of the answer", async () => {
  const task = await open('<crowd-form><crowd-input name="city" label="City"></crowd-input></crowd-form>');
  expect(await task.submit()).toEqual({});
});

test("Enter submits", async () => {
  const task = await open('<crowd-form><crowd-input name="a" label="A"></crowd-input><input name="b"></crowd-form>');
  await task.frame.getByLabel("A").fill("x");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ a: "x", b: "" });
});

test("a required field without text refuses the submit, says so and takes the focus", async () => {
  const task = await open(
    '<crowd-form><crowd-input name="city" label="City" error-message="Name a city" required></crowd-input></crowd-form>',
  );
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-input").getByText("Name a city").waitFor();
  expect(await task.frame.evaluate(() => document.activeElement?.localName)).toBe("crowd-input");
  expect(await task.messages("submit")).toEqual([]);
});

test("with auto-validate, characters outside the pattern are ignored while typing", async () => {
  const task = await open(
    '<crowd-form><crowd-input name="n" label="N" allowed-pattern="[0-9]" auto-validate max-length="4"></crowd-input></crowd-form>',
  );
  await task.frame.getByLabel("N").pressSequentially("1a2b345");
  expect(await task.submit()).toEqual({ n: "1234" });
});

test("a text that is too short or of the wrong type is refused", async () => {
  const task = await open(`<crowd-form><crowd-input name="s" label="S" min-length="3"></crowd-input>
    <crowd-input name="m" label="M" type="email"></crowd-input></crowd-form>`);
  await task.frame.getByLabel("S").fill("ab");
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-input").getByText("at least 3 characters").waitFor();
  await task.frame.getByLabel("S").fill("abc");
  await task.frame.getByLabel("M").fill("nobody");
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-input").getByText("valid value in M").waitFor();
  expect(await task.messages("submit")).toEqual([]);
});

test("value is live: a script sets it and null clears it", async () => {
  const task = await open(`<crowd-form><crowd-input name="a" value="preset"></crowd-input><crowd-input name="b"></crowd-input></crowd-form>
    <script>document.addEventListener("all-crowd-elements-ready", () => {
      document.querySelector("[name=a]").value = null; document.querySelector("[name=b]").value = "set"; });</script>`);
  expect(await task.submit()).toEqual({ b: "set" });
});

test("auto-focus waits until the frame has the focus", async () => {
  const task = await open('<crowd-form><crowd-input name="a" auto-focus="true"></crowd-input></crowd-form>');
  await expect.poll(() => task.frame.evaluate(() => document.activeElement?.localName)).toBe("crowd-input");
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("without form-action a click does nothing but fire events", async () => {
  const task = await open(`<crowd-form><input type="hidden" name="n" value="0"><crowd-button id="more"
    onclick="document.querySelector('[name=n]').value++">More</crowd-button></crowd-form>`);
  await task.frame.getByRole("button", { name: "More" }).click();
  expect(await task.messages("submit")).toEqual([]);
  expect(await task.submit()).toEqual({ n: "1" });
});

test("form-action submit takes the place of the added button; reset restores the start", async () => {
  const task = await open(`<crowd-form><crowd-input name="a" label="A" value="start"></crowd-input>
    <input name="b" aria-label="B" value="old"><crowd-checkbox name="c" checked>C</crowd-checkbox>
    <crowd-button form-action="reset">Again</crowd-button>
    <crowd-button form-action="submit" variant="primary" icon="send">Send</crowd-button></crowd-form>`);
  expect(await task.frame.getByRole("button", { name: "Submit" }).count()).toBe(0);
  await task.frame.getByRole("textbox", { name: "A" }).fill("changed");
  await task.frame.getByRole("textbox", { name: "B" }).fill("changed");
  await task.frame.getByRole("checkbox", { name: "C" }).uncheck();
  await task.frame.getByRole("button", { name: "Again" }).click();
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Send" }).click();
  expect((await task.message("submit"))["answer"]).toEqual({ a: "start", b: "old", c: { on: true } });
});

test("disabled and loading buttons refuse clicks, also from scripts", async () => {
  const task = await open(`<crowd-form><crowd-button form-action="submit" disabled id="d">Off</crowd-button>
    <crowd-button form-action="submit" loading id="l">Busy</crowd-button></crowd-form>`);
  await task.frame.evaluate(() => {
    document.getElementById("d")?.click();
    document.getElementById("l")?.click();
  });
  await task.collect();
  expect(await task.messages("submit")).toEqual([]);
});

test("a handler that prevents the click's default keeps the form from being submitted", async () => {
  const task = await open(`<crowd-form><crowd-button form-action="submit" id="s">Send</crowd-button></crowd-form>
    <script>document.getElementById("s").addEventListener("click", (event) => event.preventDefault());</script>`);
  await task.frame.getByRole("button", { name: "Send" }).click();
  await task.collect();
  expect(await task.messages("submit")).toEqual([]);
});

test("an iron-icon may stand inside, an icon variant is named by its text", async () => {
  const task = await open(`<crowd-form><crowd-button><iron-icon icon="zoom-in"></iron-icon> Look</crowd-button>
    <crowd-button variant="icon" icon="delete">Remove it</crowd-button><crowd-button href="#x" variant="link">Link</crowd-button></crowd-form>`);
  await task.frame.getByRole("button", { name: "Look" }).waitFor();
  await task.frame.getByRole("button", { name: "Remove it" }).waitFor();
  await task.frame.getByRole("link", { name: "Link" }).waitFor();
  await expectAccessible(task);
});

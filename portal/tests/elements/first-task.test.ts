import { expect, test } from "vitest";
import { expectAccessible, type OpenTask, useBrowser } from "./harness/open-task";

const open = useBrowser();

const FULL = '<full-instructions header="All about tone">Read it twice.</full-instructions>';
const WIDGET = `<crowd-form><crowd-classifier name="tone" header="Tone?" categories="['calm','angry']">
  <classification-target>Go away</classification-target><short-instructions>Read.</short-instructions>${FULL}</crowd-classifier></crowd-form>`;
const FORM = `<crowd-form><short-instructions>Look.</short-instructions>${FULL}<input name="a" value="1" aria-label="A"></crowd-form>`;
const TABS = `<crowd-form><crowd-instructions link-text="Help"><short-summary>Box cups</short-summary>
  <detailed-instructions>Read it twice.</detailed-instructions></crowd-instructions><input name="a" value="1" aria-label="A"></crowd-form>`;

const dialogs = (task: OpenTask): Promise<number> => task.frame.getByRole("dialog").count();

test.each([
  ["a widget", WIDGET, "All about tone"],
  ["a form", FORM, "All about tone"],
  ["crowd-instructions", TABS, "Instructions"],
])("the full instructions of %s open before the first task, and Start closes them", async (_, template, title) => {
  const task = await open(template, { firstTask: true });
  await task.frame.getByRole("dialog", { name: title }).waitFor();
  await expectAccessible(task);
  expect(await task.messages("instructions-read")).toEqual([]);
  await task.frame.getByRole("button", { name: "Start" }).click();
  await task.message("instructions-read");
  expect(await dialogs(task)).toBe(0);
});

test("Enter starts, and the keys belong to the task from then on", async () => {
  const task = await open(WIDGET, { firstTask: true });
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("Enter");
  await task.message("instructions-read");
  expect(await task.collect()).toEqual({ tone: {} });
  await task.page.keyboard.press("2");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ tone: { label: "angry" } });
});

test("they close like any dialog, and open again by their link, then without Start", async () => {
  const task = await open(WIDGET, { firstTask: true });
  await task.page.keyboard.press("Escape");
  await task.message("instructions-read");
  await task.frame.getByRole("button", { name: "View full instructions" }).click();
  await task.frame.getByText("Read it twice.").waitFor();
  expect(await task.frame.getByRole("button", { name: "Start" }).count()).toBe(0);
  await task.frame.getByRole("button", { name: "Close" }).click();
  expect(await task.messages("instructions-read")).toHaveLength(1);
});

test.each([
  ["full instructions", WIDGET.replace(FULL, "")],
  ["any instructions", '<crowd-form><input name="a" value="1"></crowd-form>'],
])("a page without %s opens nothing and tells nothing", async (_, template) => {
  const task = await open(template, { firstTask: true });
  expect(await dialogs(task)).toBe(0);
  expect(await task.messages("instructions-read")).toEqual([]);
});

test("later tasks open nothing", async () => {
  const task = await open(WIDGET);
  expect(await dialogs(task)).toBe(0);
});

test("crowd-instructions beside other instructions, or several of them, wait to be opened", async () => {
  for (const template of [FORM.replace(FULL, TABS), TABS + TABS]) {
    const task = await open(template, { firstTask: true });
    expect(await dialogs(task)).toBe(0);
  }
});

test("a draft is there when the instructions are closed", async () => {
  const task = await open(WIDGET, { firstTask: true, draft: { tone: { label: "angry" } } });
  await task.frame.getByRole("button", { name: "Start" }).click();
  expect(await task.submit()).toEqual({ tone: { label: "angry" } });
});

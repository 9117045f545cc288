import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const button = (task: Awaited<ReturnType<typeof open>>): ReturnType<typeof task.frame.getByRole> =>
  task.frame.getByRole("button", { name: "Submit" });

test("it wraps its children in a native form and adds one Submit button", async () => {
  const task = await open('<crowd-form><input name="a" value="1" aria-label="A"></crowd-form>');
  expect(await task.frame.locator("crowd-form > form > input[name=a]").count()).toBe(1);
  expect(await task.frame.evaluate(() => {
    const form = document.querySelector("crowd-form") as Element & { form: HTMLFormElement };
    return form.form === document.querySelector("crowd-form form");
  })).toBe(true);
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ a: "1" });
});

test("native controls contribute as in HTML, boxes and radios as flags", async () => {
  const task = await open(`<crowd-form>
    <input type="radio" name="ok" value="y" aria-label="Y" required><input type="radio" name="ok" value="n" aria-label="N">
    <input type="checkbox" name="q" value="dark" aria-label="dark"><input type="checkbox" name="solo" aria-label="solo" checked>
    <select name="one" aria-label="one"><option value="1">1<option value="2" selected>2</select>
    <select name="many" aria-label="many" multiple><option selected>a<option selected>b<option>c</select>
    <input type="date" name="day" aria-label="day" value="2026-01-31"><input name="empty" aria-label="empty"><input name="off" disabled value="x" aria-label="off">
    <textarea name="t" aria-label="t">a\nb</textarea><input type="file" name="file" aria-label="file"><input value="nameless" aria-label="none">
    <form action=""><input name="nested" value="in" aria-label="nested"></form>
    </crowd-form>`);
  await button(task).click();
  await task.frame.getByText("Please select one of these options.").waitFor();
  await task.frame.getByRole("radio", { name: "Y" }).check();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({
    day: "2026-01-31", empty: "", file: "", many: ["a", "b"], nested: "in", ok: { n: false, y: true }, one: "2",
    q: { dark: false }, solo: { on: true }, t: "a\nb",
  });
});

test("helpers named _ are discarded by a last hidden input, and a nested form's own submit is ours", async () => {
  const task = await open(`<crowd-form><crowd-input name="_" label="Helper"></crowd-input><input type="checkbox" name="_" checked aria-label="h">
    <form id="in" action="/elsewhere"><button>Go</button></form>
    <input type="hidden" name="_" value="_"></crowd-form>`);
  await task.frame.getByLabel("Helper").fill("draft");
  await task.frame.getByRole("button", { name: "Go" }).click();
  expect((await task.message("submit"))["answer"]).toEqual({ _: "_" });
  expect(task.server.requests.filter((each) => each.startsWith("/elsewhere"))).toEqual([]);
});

test("Ctrl+Enter submits also when nothing has the focus; Enter alone does not", async () => {
  const task = await open('<crowd-form><input name="a" value="1" aria-label="A"></crowd-form>');
  expect(await task.frame.evaluate(() => document.activeElement === document.body)).toBe(true);
  await task.page.keyboard.press("Enter");
  await task.collect();
  expect(await task.messages("submit")).toEqual([]);
  await task.page.keyboard.press("Control+Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ a: "1" });
  expect(await task.messages("submit")).toHaveLength(1);
});

test("onsubmit runs before the answer is gathered, and may veto", async () => {
  const task = await open(`<crowd-form onsubmit="document.querySelector('[name=sum]').value = 3; return document.body.dataset.go === '1'">
    <input type="hidden" name="sum"></crowd-form>`);
  await button(task).click();
  await task.collect();
  expect(await task.messages("submit")).toEqual([]);
  await task.frame.evaluate(() => (document.body.dataset["go"] = "1"));
  expect(await task.submit()).toEqual({ sum: "3" });
});

test("a hidden submit button suppresses the added one; a native button that submits by script too submits once", async () => {
  const task = await open(`<crowd-form id="f"><input type="hidden" name="a" value="1"><button id="submit" onclick="f.submit()">Send it</button>
    <crowd-button form-action="submit" style="display: none"></crowd-button></crowd-form>`);
  expect(await task.frame.locator("crowd-button").count()).toBe(1);
  await task.frame.getByRole("button", { name: "Send it" }).click();
  await task.message("submit");
  await task.say({ type: "submit-result", ok: true });
  await task.collect();
  expect(await task.messages("submit")).toHaveLength(1);
});

test("while the answer travels the form is held; a failure gives it back with the work and a message", async () => {
  const task = await open('<crowd-form><crowd-input name="a" label="A"></crowd-input></crowd-form>');
  await task.frame.getByLabel("A").fill("x");
  await button(task).click();
  await task.message("submit");
  expect(await task.frame.locator("crowd-form form").getAttribute("inert")).toBe("");
  await task.frame.evaluate(() => (document.querySelector("crowd-form") as unknown as { submit(): void }).submit());
  await task.say({ type: "submit-result", ok: false, message: "The line is down." });
  await task.frame.getByText("The line is down.").waitFor();
  expect(await task.messages("submit")).toHaveLength(1);
  await button(task).click();
  expect((await task.message("submit", 2))["answer"]).toEqual({ a: "x" });
});

test("flatten-objects makes dotted keys", async () => {
  const task = await open(`<crowd-form answer-format="flatten-objects"><crowd-checkbox name="q">Q</crowd-checkbox>
    <input name="t" value="x" aria-label="t"></crowd-form>`);
  expect(await task.submit()).toEqual({ "q.on": false, t: "x" });
});

test("scripts serialize the form and replace its last step", async () => {
  const task = await open(`<crowd-form><input name="a" value="1" aria-label="a"></crowd-form><script>
    document.addEventListener("all-crowd-elements-ready", () => {
      const form = document.querySelector("crowd-form");
      form._submitHelperForm = function () { document.title = this._serializeForm().taskAnswers; };
      form.form.appendChild(Object.assign(document.createElement("input"), { name: "b", value: "2" }));
    });</script>`);
  await button(task).click();
  await expect.poll(() => task.frame.title()).toBe('[{"a":"1","b":"2"}]');
  expect(await task.messages("submit")).toEqual([]);
});

test("self-closed elements keep what they swallow visible and collected", async () => {
  const task = await open(`<crowd-form><crowd-slider name="s" /><crowd-badge label="1" /><crowd-input name="a" label="A" />
    <input name="b" value="x" aria-label="B"></crowd-form>`);
  expect(await task.frame.getByLabel("B").isVisible()).toBe(true);
  await task.frame.getByRole("textbox", { name: "A" }).fill("y");
  expect(await task.collect()).toEqual({ a: "y", b: "x", s: 0 });
});

test("instructions placed directly in the form get the pane at its side", async () => {
  const task = await open(`<crowd-form><short-instructions>Look <input name="in" value="1" aria-label="in"></short-instructions>
    <full-instructions header="Everything">All of it</full-instructions><p>Work</p></crowd-form>`);
  await task.frame.getByRole("button", { name: "View full instructions" }).click();
  await task.frame.getByRole("dialog", { name: "Everything" }).waitFor();
  await task.page.keyboard.press("Escape");
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Hide instructions" }).click();
  expect(await task.frame.getByText("Look").isVisible()).toBe(false);
  expect(await task.submit()).toEqual({ in: "1" });
});

test("a crowd-button outside the form is a plain button", async () => {
  const task = await open('<crowd-button form-action="submit">Outside</crowd-button><crowd-form><input name="a" value="1" aria-label="a"></crowd-form>');
  await task.frame.getByRole("button", { name: "Outside" }).click();
  expect(await task.submit()).toEqual({ a: "1" });
  expect(await task.messages("submit")).toHaveLength(1);
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const TONE = `<crowd-form><crowd-classifier name="tone" header="Tone?" categories="['calm', 'angry', 'glad',]">
  <classification-target>Go away</classification-target>
  <short-instructions>Read the text. <label>Sure? <input type="checkbox" name="sure"></label></short-instructions>
  <full-instructions header="All about tone">Read it twice.</full-instructions>
  </crowd-classifier></crowd-form>`;

test("a click on a category is the answer under the name", async () => {
  const task = await open(TONE);
  await task.frame.getByRole("radio", { name: "angry" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ sure: { on: false }, tone: { label: "angry" } });
});

test("a digit chooses and Enter submits, without any click", async () => {
  const task = await open(TONE);
  await task.page.keyboard.press("3");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ sure: { on: false }, tone: { label: "glad" } });
});

test("Tab, arrow keys and Enter choose and submit", async () => {
  const task = await open(TONE);
  await task.frame.getByRole("radio", { name: "calm" }).focus();
  await task.page.keyboard.press("ArrowDown");
  await task.page.keyboard.press("ArrowDown");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ sure: { on: false }, tone: { label: "glad" } });
});

test("0 chooses the tenth category, and digits typed into a field choose nothing", async () => {
  const task = await open(`<crowd-form><crowd-classifier name="n" header="N" categories="[1,2,3,4,5,6,7,8,9,'ten','eleven']"></crowd-classifier>
    <crowd-input name="age" label="Age"></crowd-input></crowd-form>`);
  await task.page.keyboard.press("0");
  await task.frame.getByLabel("Age").pressSequentially("42");
  expect(await task.submit()).toEqual({ age: "42", n: { label: "ten" } });
});

test("when the categories are digits, each answers to its own key", async () => {
  const task = await open(`<crowd-form><crowd-classifier name="n" header="N" categories="['0','1','2','3']"></crowd-classifier></crowd-form>`);
  await task.page.keyboard.press("0");
  expect(await task.collect()).toEqual({ n: { label: "0" } });
  await task.page.keyboard.press("3");
  expect(await task.submit()).toEqual({ n: { label: "3" } });
});

test("a key held down does not answer again", async () => {
  const task = await open(TONE);
  await task.page.keyboard.down("2");
  expect(await task.collect()).toMatchObject({ tone: { label: "angry" } });
  await task.frame.evaluate(() => {
    (document.querySelector("crowd-classifier") as unknown as { value: string }).value = "";
  });
  await task.page.keyboard.down("2");
  await task.page.keyboard.up("2");
  expect(await task.collect()).toMatchObject({ tone: {} });
});

test("nothing chosen refuses the submit, says why and focuses the list", async () => {
  const task = await open(TONE);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.locator("crowd-classifier").getByText("Please choose a category.").waitFor();
  await task.page.keyboard.press("Space");
  expect(await task.submit()).toEqual({ sure: { on: false }, tone: { label: "calm" } });
});

test("change bubbles from the host with the category as its value", async () => {
  const task = await open(`${TONE}<script>document.addEventListener("change", (event) => {
    if (event.target.localName === "crowd-classifier") document.title = event.target.value; });</script>`);
  await task.page.keyboard.press("2");
  expect(await task.frame.title()).toBe("angry");
});

test("the instructions dialog opens and closes, and digits do nothing meanwhile", async () => {
  const task = await open(TONE);
  await task.frame.getByRole("button", { name: "View full instructions" }).click();
  await task.frame.getByText("Read it twice.").waitFor();
  await task.page.keyboard.press("1");
  await expectAccessible(task);
  await task.page.keyboard.press("Escape");
  await task.frame.getByText("Read it twice.").waitFor({ state: "hidden" });
  expect(await task.collect()).toMatchObject({ tone: {} });
});

test("a card inserted after the category list stays when the list changes", async () => {
  const task = await open(`${TONE}<script>document.addEventListener("all-crowd-elements-ready", () => {
    const host = document.querySelector("crowd-classifier");
    const card = document.createElement("crowd-card");
    card.heading = "Why?";
    card.innerHTML = '<input type="checkbox" aria-label="rude" onchange="document.querySelector(\\'[name=sure]\\').checked = this.checked">';
    host.shadowRoot.querySelector(".annotation-area .category-picker-wrapper").after(card);
    host.categories = host.categories.concat(["bored"]);
  });</script>`);
  await task.frame.getByRole("checkbox", { name: "rude" }).check();
  await task.frame.getByRole("radio", { name: "bored" }).click();
  expect(await task.submit()).toEqual({ sure: { on: true }, tone: { label: "bored" } });
});

test("categories are written back as compact JSON, and a change of the attribute is followed", async () => {
  const task = await open(TONE);
  const attribute = (): Promise<string | null> => task.frame.locator("crowd-classifier").getAttribute("categories");
  expect(await attribute()).toBe('["calm","angry","glad"]');
  await task.frame.evaluate(() => document.querySelector("crowd-classifier")?.setAttribute("categories", "['x' /* only */]"));
  await task.frame.getByRole("radio", { name: "x" }).waitFor();
  expect(await attribute()).toBe('["x"]');
});

test("categories that can't be read show an error that names the attribute", async () => {
  const task = await open('<crowd-form><crowd-classifier name="t" header="T" categories="[\'a"></crowd-classifier></crowd-form>');
  await task.frame.getByText("The attribute categories of crowd-classifier").waitFor();
  expect(await task.frame.getByRole("radio").count()).toBe(0);
});

test("scripts change the width of the pane and of the dialog", async () => {
  const task = await open(TONE);
  const widths = await task.frame.evaluate(() => {
    const root = document.querySelector("crowd-classifier")?.shadowRoot;
    const pane = root?.querySelector(".awsui-app-layout__navigation") as HTMLElement;
    const dialog = root?.querySelector("#full-instructions.awsui-modal-dialog") as HTMLDialogElement;
    pane.style.width = "420px";
    dialog.style.maxWidth = "300px";
    dialog.showModal();
    return [pane, dialog].map((each) => Math.round(each.getBoundingClientRect().width));
  });
  expect(widths).toEqual([420, 300]);
});

test("a mutated copy of the value leaves the widget as it was", async () => {
  const task = await open(`${TONE}<script>document.addEventListener("all-crowd-elements-ready", () => {
    let vetoes = 0;
    document.querySelector("crowd-form").onsubmit = (event) => {
      document.querySelector("crowd-classifier")._submittableValue.label = "forged";
      if (vetoes++ === 0) { event.preventDefault(); document.body.insertAdjacentHTML("beforeend", "<crowd-alert>Wait</crowd-alert>"); }
    };
  });</script>`);
  await task.page.keyboard.press("1");
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByText("Wait").waitFor();
  expect(await task.messages("submit")).toEqual([]);
  expect(await task.submit()).toMatchObject({ tone: { label: "calm" } });
});

test("the exclusion is one more choice: by key or click, replaced by the next one, its text the label", async () => {
  const task = await open(TONE.replace("name=", `exclusion-category="{ text: 'None of these' }" name=`));
  await task.page.keyboard.press("2");
  await task.page.keyboard.press("n");
  expect(await task.frame.getByRole("radio", { name: "angry" }).isChecked()).toBe(false);
  await expectAccessible(task);
  expect(await task.collect()).toMatchObject({ tone: { label: "None of these" } });
  await task.page.keyboard.press("1");
  expect(await task.collect()).toMatchObject({ tone: { label: "calm" } });
  await task.frame.getByRole("radio", { name: "None of these" }).click();
  expect(await task.submit()).toMatchObject({ tone: { label: "None of these" } });
});

test("a given category is chosen at first, wherever its attribute stands, and the answer tells whether it was changed", async () => {
  const given = (attributes: string): string => `<crowd-form><crowd-classifier name="t" header="T?" ${attributes}></crowd-classifier></crowd-form>`;
  const task = await open(given(`initial-value="&quot;glad&quot;" categories="['calm','glad']"`));
  expect(await task.frame.getByRole("radio", { name: "glad" }).isChecked()).toBe(true);
  await expectAccessible(task);
  expect(await task.collect()).toEqual({ t: { initialValueModified: false, label: "glad" } });
  await task.page.keyboard.press("1");
  expect(await task.submit()).toEqual({ t: { initialValueModified: true, label: "calm" } });
  const unknown = await open(given(`categories="['calm','glad']" initial-value="'sad'"`));
  expect(await unknown.collect()).toEqual({ t: {} });
});

test("a draft comes before the given category, and a reset brings that back", async () => {
  const template = `<crowd-form><crowd-classifier name="t" header="T?" categories="['calm','glad']" initial-value="'glad'"></crowd-classifier>
    <crowd-button form-action="reset">Again</crowd-button></crowd-form>`;
  const task = await open(template, { draft: { t: { label: "calm" } } });
  expect(await task.collect()).toEqual({ t: { initialValueModified: true, label: "calm" } });
  await task.frame.getByRole("button", { name: "Again" }).click();
  expect(await task.submit()).toEqual({ t: { initialValueModified: false, label: "glad" } });
});

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectAccessible, type OpenTask, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const LABELS = "[{label:'per',shortDisplayName:'P',fullDisplayName:'Person'},{label:'loc',longDisplayName:'Place'},'date']";
const element = (text: string, more = ""): string =>
  `<crowd-entity-annotation name="e" header="Mark names" labels="${LABELS}" text="${text}" ${more}></crowd-entity-annotation>`;

/** Where the letters of a range stand on the page. */
async function place(task: OpenTask, start: number, end: number): Promise<{ x: number; y: number; right: number }> {
  return task.frame.evaluate(
    ([from, to]) => {
      const text = document.querySelector("crowd-entity-annotation")?.shadowRoot?.querySelector("groundwork-text") as unknown as {
        rectAt(unit: number): DOMRect;
      };
      const [first, last] = [text.rectAt(from), text.rectAt(to - 1)];
      return { x: first.left, y: (first.top + first.bottom) / 2, right: last.left + 8 };
    },
    [start, end] as const,
  );
}

async function drag(task: OpenTask, start: number, end: number): Promise<void> {
  const { x, y, right } = await place(task, start, end);
  await task.page.mouse.move(x + 1, y);
  await task.page.mouse.down();
  await task.page.mouse.move((x + right) / 2, y);
  await task.page.mouse.move(right - 1, y);
  await task.page.mouse.up();
}

async function clickAt(task: OpenTask, start: number, end: number, clicks = 1): Promise<void> {
  const { x, y, right } = await place(task, start, end);
  await task.page.mouse.click((x + right) / 2, y, { clickCount: clicks });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

const entity = (startOffset: number, endOffset: number, label: string): unknown => ({ endOffset, label, startOffset });

test("without a span the answer is an empty list, and there is a Submit button without a form around", async () => {
  const task = await open(element("I saw Ann"));
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ e: { entities: [] } });
});

test("text is selected, then its label is chosen at the selection", async () => {
  const task = await open(element("I saw Ann in Oslo"));
  await drag(task, 6, 9);
  await task.frame.getByRole("group", { name: "Label of “Ann”" }).getByRole("button", { name: "Person" }).click();
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ e: { entities: [entity(6, 9, "per")] } });
});

test("a label is chosen, then every drag and every double click gives it", async () => {
  const task = await open(element("I saw Ann in Oslo"));
  await press(task.page, "2");
  await clickAt(task, 6, 9, 2);
  await drag(task, 13, 17);
  expect(await task.submit()).toEqual({ e: { entities: [entity(6, 9, "loc"), entity(13, 17, "loc")] } });
});

test("spans are marked, changed and removed with the keyboard alone", async () => {
  const task = await open(element("I saw Ann in Oslo"));
  await task.frame.getByRole("textbox").focus();
  await press(task.page, "Control+ArrowRight", "Control+ArrowRight", "ArrowRight", "Control+Shift+ArrowRight", "1");
  await press(task.page, "End", "Control+Shift+ArrowLeft", "2");
  await press(task.page, "Home", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "3");
  expect(await task.collect()).toEqual({ e: { entities: [entity(0, 1, "date"), entity(6, 9, "per"), entity(13, 17, "loc")] } });
  await press(task.page, "n", "Delete", "n", "n", "1", "Escape");
  expect(await task.collect()).toEqual({ e: { entities: [entity(6, 9, "per"), entity(13, 17, "per")] } });
  await press(task.page, "Control+z", "Control+z", "Control+y");
  expect(await task.collect()).toEqual({ e: { entities: [entity(6, 9, "per"), entity(13, 17, "loc")] } });
  await press(task.page, "Control+Enter");
  await task.message("submit");
});

test("the caret goes up and down between lines", async () => {
  const task = await open(element("first line&#10;&#10;third line"));
  await task.frame.getByRole("textbox").focus();
  await press(task.page, "Control+ArrowRight", "ArrowDown", "ArrowDown", "Home", "Control+Shift+ArrowRight", "1", "ArrowUp", "ArrowUp");
  await press(task.page, "Home", "Control+Shift+ArrowRight", "2");
  expect(await task.submit()).toEqual({ e: { entities: [entity(0, 5, "loc"), entity(12, 17, "per")] } });
});

test("spans overlap, and one span has several labels", async () => {
  const task = await open(element("The mayor of Oslo spoke"));
  await drag(task, 4, 17);
  await press(task.page, "1");
  await drag(task, 13, 17);
  await press(task.page, "2");
  await drag(task, 13, 17);
  await press(task.page, "3");
  await drag(task, 10, 23);
  await press(task.page, "3");
  const entities = [entity(4, 17, "per"), entity(10, 23, "date"), entity(13, 17, "loc"), entity(13, 17, "date")];
  expect(await task.submit()).toEqual({ e: { entities } });
});

test("a click selects the shortest span, the next click the one around it; a label changes it, the X removes it", async () => {
  const given = `initial-value="[{label:'per',startOffset:4,endOffset:17},{label:'loc',startOffset:13,endOffset:17}]"`;
  const task = await open(element("The mayor of Oslo spoke", given));
  await clickAt(task, 13, 17);
  await press(task.page, "3");
  expect(await task.collect()).toMatchObject({ e: { entities: [entity(4, 17, "per"), entity(13, 17, "date")] } });
  await clickAt(task, 13, 17);
  await press(task.page, "2");
  expect(await task.collect()).toMatchObject({ e: { entities: [entity(4, 17, "loc"), entity(13, 17, "date")] } });
  await task.frame.getByRole("textbox").getByRole("button", { name: "Remove date from “Oslo”" }).click();
  expect(await task.submit()).toEqual({ e: { entities: [entity(4, 17, "loc")], initialValueModified: true } });
});

test("offsets count code points: emoji, marks, right-to-left text, CRLF and tabs", async () => {
  const text = "😀 Ann&#13;&#10;\tשלום עולם&#10;e\u0301a";
  const task = await open(element(text));
  const units = "😀 Ann\r\n\tשלום עולם\ne\u0301a";
  await drag(task, 3, 6);
  await press(task.page, "1");
  await task.frame.getByRole("textbox").focus();
  await press(task.page, "Control+End", "ArrowUp", "Home", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "2");
  await press(task.page, "Control+End", "Home", "Shift+ArrowRight", "3");
  const hebrew = [...units].indexOf("ש");
  const accent = [...units].indexOf("e");
  const answer = (await task.submit()) as { e: { entities: { startOffset: number; endOffset: number }[] } };
  expect(answer.e.entities[0]).toEqual(entity(2, 5, "per"));
  expect(answer.e.entities[1]).toEqual(entity(hebrew, hebrew + 2, "loc"));
  expect(answer.e.entities[2]).toEqual(entity(accent, accent + 2, "date"));
});

test("the initial value is shown and unchanged until the worker differs from it", async () => {
  const given = `initial-value="[{label:'per',startOffset:2,endOffset:5}]"`;
  const task = await open(element("😀 Ann in Oslo", given));
  expect(await task.collect()).toEqual({ e: { entities: [entity(2, 5, "per")], initialValueModified: false } });
  await press(task.page, "n", "2");
  expect(await task.collect()).toEqual({ e: { entities: [entity(2, 5, "loc")], initialValueModified: true } });
  await press(task.page, "1");
  expect(await task.collect()).toEqual({ e: { entities: [entity(2, 5, "per")], initialValueModified: false } });
  await press(task.page, "Delete");
  await task.frame.evaluate(() =>
    (document.querySelector("crowd-entity-annotation")?.shadowRoot?.querySelector("crowd-form") as unknown as { reset(): void }).reset(),
  );
  expect(await task.submit()).toEqual({ e: { entities: [entity(2, 5, "per")], initialValueModified: false } });
});

test("a draft comes back, with the controls that a script moved into the inner form", async () => {
  const template = `${element("I saw Ann").replace("></crowd", '><div id="more"><input name="sure" aria-label="Sure?"></div></crowd')}
    <script>document.addEventListener("all-crowd-elements-ready", () => {
      const form = document.querySelector("crowd-entity-annotation").shadowRoot.querySelector("crowd-form");
      form.form.appendChild(document.getElementById("more"));
    });</script>`;
  const draft = { e: { entities: [entity(6, 9, "per")] }, sure: "very" };
  const task = await open(template, { draft });
  expect(await task.collect()).toEqual(draft);
  await task.frame.getByRole("textbox", { name: "Sure?" }).fill("no");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ ...draft, sure: "no" });
});

test("light children below the text are collected, and a handler on the inner form can veto", async () => {
  const task = await open(element("I saw Ann").replace("></crowd", '><p><input name="sure" value="1" aria-label="Sure?"></p></crowd'));
  await task.frame.evaluate(() => {
    const form = document.querySelector("crowd-entity-annotation")?.shadowRoot?.querySelector("crowd-form") as HTMLElement;
    form.addEventListener("submit", (event) => event.preventDefault(), { once: true });
  });
  await task.frame.getByRole("button", { name: "Submit" }).click();
  expect(await task.submit()).toEqual({ e: { entities: [] }, sure: "1" });
  expect(await task.messages("submit")).toHaveLength(1);
});

test("inside of a crowd-form it is collected once, by the one Submit button of the form around", async () => {
  const task = await open(`<crowd-form>${element("I saw Ann")}<input type="hidden" name="a" value="1"></crowd-form>`);
  await drag(task, 6, 9);
  await press(task.page, "1");
  expect(await task.frame.getByRole("button", { name: "Submit" }).count()).toBe(1);
  expect(await task.collect()).toEqual({ a: "1", e: { entities: [entity(6, 9, "per")] } });
  await press(task.page, "Control+Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ a: "1", e: { entities: [entity(6, 9, "per")] } });
  expect(await task.messages("submit")).toHaveLength(1);
});

test("labels change while the task is open, and a value is a copy", async () => {
  const task = await open(element("I saw Ann", `initial-value="[{label:'per',startOffset:6,endOffset:9}]"`));
  const seen = await task.frame.evaluate(() => {
    const widget = document.querySelector("crowd-entity-annotation") as unknown as {
      labels: unknown[];
      value: { entities: unknown[] };
      _submittableValue: { entities: unknown[] };
      getAttribute(name: string): string;
    };
    widget.value.entities.length = 0;
    widget._submittableValue.entities.length = 0;
    widget.labels = widget.labels.concat(["org"]);
    return new Promise((resolve) => requestAnimationFrame(() => resolve(widget.getAttribute("labels"))));
  });
  expect(seen).toContain('"org"');
  await press(task.page, "n", "4");
  expect(await task.submit()).toEqual({ e: { entities: [entity(6, 9, "org")], initialValueModified: true } });
});

test("HTML in the text and in labels is shown as text", async () => {
  const task = await open(
    `<crowd-entity-annotation name="e" text="<b>x</b> <img src=x onerror=boom()>" labels="['<i>y</i>']" initial-value="[{label:'<i>y</i>',startOffset:0,endOffset:8}]"></crowd-entity-annotation>`,
  );
  await task.frame.getByText("<b>x</b>").first().waitFor();
  await task.frame.getByRole("button", { name: "<i>y</i>" }).first().waitFor();
  expect(task.errors).toEqual([]);
});

test("a label's spans can be hidden, and the list selects and removes spans", async () => {
  const given = `initial-value="[{label:'per',startOffset:6,endOffset:9},{label:'loc',startOffset:13,endOffset:17}]"`;
  const task = await open(element("I saw Ann in Oslo", given));
  const inText = task.frame.getByRole("textbox").getByRole("button");
  expect(await inText.count()).toBe(2);
  await task.frame.getByRole("button", { name: "Hide Person" }).click();
  await expect.poll(() => inText.count()).toBe(1);
  await press(task.page, "h", "h");
  await expect.poll(() => inText.count()).toBe(0);
  await press(task.page, "h");
  await task.frame.getByRole("listitem").getByRole("button", { name: "Ann" }).first().click();
  await press(task.page, "ArrowDown", "Delete");
  expect(await task.submit()).toMatchObject({ e: { entities: [entity(6, 9, "per")] } });
});

test("a selection by mouse takes no white space at its ends, and Escape drops it", async () => {
  const task = await open(element("I saw Ann in Oslo"));
  await drag(task, 5, 10);
  await task.frame.getByRole("group", { name: "Label of “Ann”" }).waitFor();
  await press(task.page, "Escape");
  await expect.poll(() => task.frame.getByRole("group", { name: "Label of “Ann”" }).count()).toBe(0);
  await press(task.page, "1");
  expect(await task.collect()).toEqual({ e: { entities: [] } });
});

test("what scripts of templates look for in the shadow root is there", async () => {
  const more = "<short-instructions>Mark.</short-instructions><full-instructions>All.</full-instructions>";
  const task = await open(element("I saw Ann").replace("></crowd", `>${more}</crowd`));
  const hooks = ["crowd-form", ".awsui-app-layout__navigation", ".awsui-modal-dialog", ".headerButtonsContainer", ".label-pane-content .label-button"];
  const found = await task.frame.evaluate(
    (all) => all.filter((hook) => document.querySelector("crowd-entity-annotation")?.shadowRoot?.querySelector(hook)),
    hooks,
  );
  expect(found).toEqual(hooks);
});

test("all spans are removed at once, and undo brings them back", async () => {
  const given = `initial-value="[{label:'per',startOffset:0,endOffset:3},{label:'loc',startOffset:4,endOffset:9}]"`;
  const task = await open(element("Ada in Paris", given));
  await task.frame.getByRole("button", { name: "Remove all" }).click();
  expect(await task.collect()).toMatchObject({ e: { entities: [], initialValueModified: true } });
  await expectAccessible(task);
  await task.frame.getByRole("button", { name: "Undo" }).click();
  expect(await task.collect()).toMatchObject({ e: { entities: [{ label: "per" }, { label: "loc" }], initialValueModified: false } });
});

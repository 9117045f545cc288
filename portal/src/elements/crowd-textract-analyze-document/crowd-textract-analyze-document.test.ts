import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const KEY = "AWS/Textract/AnalyzeDocument/Forms/V1";
const pair = (id: string, name: string, text: string, top: number): string => {
  const place = (left: number): string => `confidence:91,geometry:{boundingBox:{left:${left},top:${top},width:0.3,height:0.1}}`;
  return `{blockType:'KEY_VALUE_SET',id:'k${id}',${place(0.1)},relationships:[{type:'VALUE',ids:['v${id}']},{type:'CHILD',ids:['w${id}']}],entityTypes:['KEY'],text:'${name}'},
    {blockType:'KEY_VALUE_SET',id:'v${id}',${place(0.5)},entityTypes:['VALUE'],text:'${text}'}`;
};
const page = (more = "no-key-edit no-geometry-edit", initial = "initial-value"): string =>
  `<crowd-form><crowd-textract-analyze-document header="Check" src="/image/blue.png" block-types="['KEY_VALUE_SET']" ${more}
  ${initial}="[${pair("1", "Total:", "12", 0.1)},${pair("2", "Name", "Ann", 0.4)},${pair("3", "Note", "x", 0.7)}]"></crowd-textract-analyze-document></crowd-form>`;
const key = (id: string, text: string): unknown => ({
  blockType: "KEY_VALUE_SET",
  entityTypes: ["KEY"],
  id: `k${id}`,
  relationships: [
    { ids: [`v${id}`], type: "VALUE" },
    { ids: [`w${id}`], type: "CHILD" },
  ],
  text,
});
const value = (id: string, text: string): unknown => ({ blockType: "KEY_VALUE_SET", entityTypes: ["VALUE"], id: `v${id}`, text });

test("each pair is judged: valid, corrected, blank or not found; keys of the answer are the service's", async () => {
  const task = await open(page());
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByText("Please say whether “Total:” is valid.").first().waitFor();
  const total = task.frame.getByRole("group", { name: "Total:" });
  await total.getByRole("radio", { name: "Not valid" }).click();
  await total.getByRole("textbox", { name: "Value" }).fill("120");
  await expectAccessible(task);
  const name = task.frame.getByRole("group", { name: "Name" });
  await name.getByRole("radio", { name: "Not valid" }).click();
  await name.getByRole("radio", { name: "Value is blank" }).click();
  const note = task.frame.getByRole("group", { name: "Note" });
  await note.getByRole("radio", { name: "Not valid" }).click();
  await note.getByRole("radio", { name: "Key not found" }).click();
  expect(await task.submit()).toEqual({
    [KEY]: { blocks: [key("1", "Total:"), value("1", "120"), key("2", "Name"), value("2", "")] },
  });
});

test("by keyboard: Y and N judge the pair in focus", async () => {
  const task = await open(page());
  await task.page.keyboard.press("n");
  await task.frame.getByRole("group", { name: "Total:" }).getByRole("textbox", { name: "Value" }).focus();
  await task.page.keyboard.type("0");
  await task.frame.getByRole("button", { name: "All others are valid" }).focus();
  await task.page.keyboard.press("Enter");
  expect(await task.submit()).toMatchObject({ [KEY]: { blocks: [key("1", "Total:"), value("1", "120"), { id: "k2" }, { id: "v2", text: "Ann" }, {}, {}] } });
});

test("important keys choose the pairs; keys may be edited; the other spelling of the attribute counts too", async () => {
  const keys = `keys="[{importantFormKey:'Sum',importantFormKeyAliases:['Total']},{importantFormKey:'Date'}]"`;
  const task = await open(page(keys, "initialValue"));
  await task.frame.getByText("Not found in the document: Date").waitFor();
  expect(await task.frame.getByRole("group", { name: "Name" }).count()).toBe(0);
  await task.frame.getByRole("textbox", { name: "Key" }).fill("Sum");
  await expectAccessible(task);
  const answer = (await task.submit()) as Record<string, { blocks: unknown[] }>;
  expect(answer[KEY]?.blocks.slice(0, 2)).toEqual([key("1", "Sum"), value("1", "12")]);
});

test("a draft comes back", async () => {
  const draft = { [KEY]: { blocks: [key("1", "Total:"), value("1", "120"), key("2", "Name"), value("2", ""), key("3", "Note"), value("3", "x")] } };
  const task = await open(page(), { draft });
  expect(await task.collect()).toEqual(draft);
  expect(await task.frame.getByRole("group", { name: "Name" }).getByRole("radio", { name: "Value is blank" }).isChecked()).toBe(true);
});

test("the pairs are outlined in the document", async () => {
  const task = await open(page());
  await task.frame.getByRole("img", { name: "Document to review" }).waitFor();
  const shares = await task.frame.evaluate(() => {
    const view = document.querySelector("crowd-textract-analyze-document")?.shadowRoot?.querySelector("groundwork-image")?.shadowRoot;
    const image = (view?.querySelector("img") as Element).getBoundingClientRect();
    const box = (view?.querySelector("svg.drawing rect") as Element).getBoundingClientRect();
    return [(box.left - image.left) / image.width, (box.top - image.top) / image.height, box.width / image.width];
  });
  expect(shares.map((share) => Math.round(share * 100))).toEqual([10, 10, 30]);
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const page = (more = ""): string => `<crowd-form><crowd-question-answer-generation name="qa" text="😀 Ann went home." question-tags='["Who"]'
  allow-custom-question-tags=false ${more}></crowd-question-answer-generation></crowd-form>`;
const pairs = (...list: unknown[]): unknown => ({ qa: { questionAnswerPairs: list } });

test("a question, its answer, tag and reference are written with the keyboard", async () => {
  const task = await open(page());
  await task.frame.getByRole("textbox", { name: "Question 1" }).fill("Who went home?");
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.type("Ann");
  await task.page.keyboard.press("Tab");
  await task.page.keyboard.press("Space");
  await task.frame.getByRole("textbox", { name: "Passage" }).focus();
  for (const key of ["Control+Home", "ArrowRight", "ArrowRight", "Control+Shift+ArrowRight", "Enter"]) {
    await task.page.keyboard.press(key);
  }
  await expectAccessible(task);
  const references = [{ endOffset: 5, startOffset: 2 }];
  expect(await task.submit()).toEqual(pairs({ answer: "Ann", question: "Who went home?", references, tags: ["Who"] }));
});

test("a reference is selected by mouse and attached to the question that was worked on last", async () => {
  const task = await open(page('min-questions="2"'));
  await task.frame.getByRole("textbox", { name: "Question 2" }).fill("Where?");
  await task.frame.getByRole("textbox", { name: "Answer 2" }).fill("Home");
  await task.frame.getByText("Ann went home.").dblclick({ position: { x: 40, y: 12 } });
  await task.frame.getByRole("button", { name: "Add the selected text to question 2" }).click();
  expect(await task.collect()).toEqual(
    pairs({ answer: "Home", question: "Where?", references: [{ endOffset: 5, startOffset: 2 }], tags: [] }),
  );
  await task.frame.getByRole("textbox", { name: "Passage" }).getByRole("button", { name: "Remove reference “Ann”" }).click();
  expect(await task.collect()).toMatchObject({ qa: { questionAnswerPairs: [{ references: [] }] } });
});

test("word limits and the number of questions are kept", async () => {
  const task = await open(page('max-questions="2" question-min-words="2" answer-max-words="2"'));
  const submit = (): Promise<void> => task.frame.getByRole("button", { name: "Submit" }).click();
  await submit();
  await task.frame.getByText("Question 1: please write at least 2 words.").first().waitFor();
  await task.page.keyboard.type("Who went?");
  await task.frame.getByRole("textbox", { name: "Answer 1" }).fill("It was Ann");
  await submit();
  await task.frame.getByText("Answer 1: please write 2 words at most.").first().waitFor();
  await task.frame.getByRole("textbox", { name: "Answer 1" }).fill("Ann");
  await task.frame.getByRole("button", { name: "Add a question" }).click();
  expect(await task.frame.getByRole("button", { name: "Add a question" }).isDisabled()).toBe(true);
  await expectAccessible(task);
  expect(await task.submit()).toEqual(pairs({ answer: "Ann", question: "Who went?", references: [], tags: [] }));
});

test("custom tags where they are allowed; a draft comes back", async () => {
  const draft = pairs({ answer: "Ann", question: "Who?", references: [{ endOffset: 5, startOffset: 2 }], tags: ["Odd"] });
  const task = await open(page().replace("tags=false", "tags=true"), { draft: draft as Record<string, unknown> });
  expect(await task.collect()).toEqual(draft);
  await task.frame.getByRole("textbox", { name: "New tag of question 1" }).fill("Easy");
  await task.page.keyboard.press("Enter");
  expect(await task.messages("submit")).toEqual([]);
  await task.frame.getByRole("button", { name: "Odd" }).click();
  expect(await task.submit()).toMatchObject({ qa: { questionAnswerPairs: [{ tags: ["Easy"] }] } });
});

test("without tags to choose from there is no chooser", async () => {
  const task = await open(page().replace(`'["Who"]'`, "'[]'"));
  expect(await task.frame.getByRole("group", { name: "Tags of question 1" }).count()).toBe(0);
});

import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const KEY = "AWS/Rekognition/DetectModerationLabels/Image/V3";
const page = (exclusion = `exclusion-category="{text:'None'}"`): string =>
  `<crowd-form><crowd-rekognition-detect-moderation-labels header="Choose" src="/image/blue.png"
  categories="[{name:'Smoke',parentName:'Fire'},{parentName:'',name:'Weapons',confidence:71.5},'Gore']" ${exclusion}></crowd-rekognition-detect-moderation-labels></crowd-form>`;
const labels = (...chosen: unknown[]): Record<string, unknown> => ({ [KEY]: { ModerationLabels: chosen } });

test("the chosen labels are the answer, objects whole, under the key of the service", async () => {
  const task = await open(page());
  await task.frame.getByRole("checkbox", { name: "Weapons" }).click();
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("3");
  await task.page.keyboard.press("3");
  await expectAccessible(task);
  expect(await task.submit()).toEqual(
    labels({ name: "Smoke", parentName: "Fire" }, { confidence: 71.5, name: "Weapons", parentName: "" }),
  );
});

test("the exclusion drops and disables the labels, its answer is an empty list; again it enables them", async () => {
  const task = await open(page());
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByText("Please choose what fits the image, or “None”.").first().waitFor();
  await task.page.keyboard.press("1");
  await task.frame.getByRole("button", { name: "None" }).click();
  expect(await task.frame.getByRole("checkbox", { name: "Smoke" }).isDisabled()).toBe(true);
  await expectAccessible(task);
  expect(await task.collect()).toEqual(labels());
  await task.page.keyboard.press("n");
  await task.page.keyboard.press("3");
  expect(await task.collect()).toEqual(labels("Gore"));
  await task.page.keyboard.press("n");
  expect(await task.submit()).toEqual(labels());
});

test("without an exclusion an empty list is an answer", async () => {
  const task = await open(page(""));
  expect(await task.submit()).toEqual(labels());
});

test("a draft comes back", async () => {
  const draft = labels({ confidence: 71.5, name: "Weapons", parentName: "" }, "Gore");
  const task = await open(page(), { draft });
  expect(await task.collect()).toEqual(draft);
});

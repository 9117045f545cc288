import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const RANKING = `<crowd-form><crowd-text-ranking name="r" text="Say hi" responses='["hi","yo","<b>hm</b>"]'
  ordinal-ranking-dimensions="[{name:'Polite',allowTie:false},{name:'Clear',allowTie:true}]"></crowd-text-ranking></crowd-form>`;
const answer = (polite: unknown, clear: unknown): unknown => ({
  ordinalRankingDimensions: [
    { allowTie: false, name: "Polite", responseRankings: polite },
    { allowTie: true, name: "Clear", responseRankings: clear },
  ],
});

test("ranks by keyboard are the answer, at its top; incomplete ones are refused", async () => {
  const task = await open(RANKING);
  await task.frame.getByText("<b>hm</b>").first().waitFor();
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await task.frame.getByText("Please rank response 1 for “Polite”.").first().waitFor();
  for (const key of ["2", "Tab", "1", "Tab", "1", "Tab", "1", "Tab", "3", "Tab", "ArrowRight"]) {
    await task.page.keyboard.press(key);
  }
  await expectAccessible(task);
  expect(await task.collect()).toEqual(answer([2, 1, 3], [1, 1, 2]));
  expect(await task.submit()).toEqual(answer([2, 1, 3], [1, 1, 2]));
});

test("without ties a rank is taken from the response that had it", async () => {
  const task = await open(RANKING);
  const rank = (response: number, nth: string): Promise<void> =>
    task.frame.getByRole("radiogroup", { name: `Polite, response ${response}` }).getByRole("radio", { name: nth }).click();
  await rank(1, "1");
  await rank(2, "1");
  await rank(1, "2");
  await rank(3, "2");
  expect(await task.collect()).toEqual(answer([null, 1, 2], [null, null, null]));
});

test("a draft comes back", async () => {
  const draft = answer([2, null, 1], [1, 1, 1]) as Record<string, unknown>;
  const task = await open(RANKING, { draft });
  expect(await task.collect()).toEqual(draft);
});

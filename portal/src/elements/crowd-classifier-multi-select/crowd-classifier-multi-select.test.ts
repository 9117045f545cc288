import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

const TOPICS = `<crowd-form><crowd-classifier-multi-select name="tp" header="Topics?" categories="['sea','wind','sun']"
  exclusion-category="{ text: 'Nothing fits', }">
  <classification-target>Waves <input type="text" aria-label="Note"></classification-target>
  <short-instructions>All that fit.</short-instructions></crowd-classifier-multi-select></crowd-form>`;

test("clicks choose several, a second click drops, and the answer keeps the order of the list", async () => {
  const task = await open(TOPICS);
  for (const name of ["sun", "wind", "sea", "wind"]) {
    await task.frame.getByRole("checkbox", { name }).click();
  }
  await expectAccessible(task);
  expect(await task.submit()).toEqual({ tp: { labels: ["sea", "sun"] } });
});

test("digits choose and drop, and Enter submits, without any click", async () => {
  const task = await open(TOPICS);
  for (const key of ["3", "1", "2", "3", "Enter"]) {
    await task.page.keyboard.press(key);
  }
  expect((await task.message("submit"))["answer"]).toEqual({ tp: { labels: ["sea", "wind"] } });
});

test("arrow keys walk the list round, Space chooses, Enter in the list submits", async () => {
  const task = await open(TOPICS);
  await task.frame.getByRole("checkbox", { name: "sea" }).focus();
  for (const key of ["Space", "ArrowDown", "ArrowDown", "Space", "ArrowUp", "ArrowDown", "Enter"]) {
    await task.page.keyboard.press(key);
  }
  expect((await task.message("submit"))["answer"]).toEqual({ tp: { labels: ["sea", "sun"] } });
});

test("the exclusion clears and disables the others, is the only label, and gives them free again", async () => {
  const task = await open(TOPICS);
  const [sea, none] = ["sea", "Nothing fits"].map((name) => task.frame.getByRole("checkbox", { name }));
  await sea?.click();
  await none?.click();
  expect([await sea?.isChecked(), await sea?.isDisabled()]).toEqual([false, true]);
  await expectAccessible(task);
  await task.page.keyboard.press("1");
  expect(await task.collect()).toEqual({ tp: { labels: ["Nothing fits"] } });
  await none?.click();
  expect(await sea?.isEnabled()).toBe(true);
  expect(await task.collect()).toEqual({ tp: {} });
});

test("N chooses and drops the exclusion, and the focus stays in the list", async () => {
  const task = await open(TOPICS);
  await task.frame.getByRole("checkbox", { name: "wind" }).focus();
  await task.page.keyboard.press("n");
  await task.page.keyboard.press("Space");
  await task.page.keyboard.press("2");
  expect(await task.collect()).toEqual({ tp: { labels: ["wind"] } });
  await task.page.keyboard.press("N");
  await task.page.keyboard.press("Enter");
  expect((await task.message("submit"))["answer"]).toEqual({ tp: { labels: ["Nothing fits"] } });
});

test("nothing chosen refuses the submit, says why and focuses the list", async () => {
  const task = await open(TOPICS);
  await task.frame.getByRole("button", { name: "Submit" }).click();
  const said = "Please choose at least one category, or “Nothing fits”.";
  await task.frame.locator("crowd-classifier-multi-select").getByText(said).waitFor();
  expect(await task.messages("submit")).toEqual([]);
  await task.page.keyboard.press("Space");
  expect(await task.submit()).toEqual({ tp: { labels: ["sea"] } });
});

test("digits typed into a field and keys held down choose nothing", async () => {
  const task = await open(TOPICS);
  await task.frame.getByLabel("Note").pressSequentially("12n");
  expect(await task.collect()).toEqual({ tp: {} });
  await task.frame.getByRole("checkbox", { name: "sea" }).focus();
  await task.page.keyboard.down("2");
  await task.page.keyboard.down("2");
  await task.page.keyboard.up("2");
  expect(await task.collect()).toEqual({ tp: { labels: ["wind"] } });
});

test("a draft comes back, the exclusion too, and a reset clears it", async () => {
  for (const labels of [["wind", "sun"], ["Nothing fits"]]) {
    const task = await open(TOPICS, { draft: { tp: { labels } } });
    expect(await task.collect()).toEqual({ tp: { labels } });
    await task.frame.evaluate(() => (document.querySelector("crowd-form") as unknown as { reset(): void }).reset());
    expect(await task.collect()).toEqual({ tp: {} });
  }
});

test("scripts get the list as the value and with every change; changing a copy changes nothing", async () => {
  const task = await open(`${TOPICS}<script>document.addEventListener("change", (event) => {
    if (event.target.value instanceof Array) document.title = event.target.value.join("+");
    document.querySelector("crowd-classifier-multi-select")._submittableValue.labels.push("forged"); });</script>`);
  await task.page.keyboard.press("2");
  await task.page.keyboard.press("1");
  expect(await task.frame.title()).toBe("sea+wind");
  expect(await task.submit()).toEqual({ tp: { labels: ["sea", "wind"] } });
});

test("categories set by a script drop choices that are gone; both attributes are written back as JSON", async () => {
  const task = await open(TOPICS);
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("2");
  const attributes = await task.frame.evaluate(async () => {
    const host = document.querySelector("crowd-classifier-multi-select") as HTMLElement & {
      categories: string[];
      updateComplete: Promise<unknown>;
    };
    host.categories = ["wind", "ice"];
    await host.updateComplete;
    return ["categories", "exclusion-category"].map((name) => host.getAttribute(name));
  });
  expect(attributes).toEqual(['["wind","ice"]', '{"text":"Nothing fits"}']);
  expect(await task.submit()).toEqual({ tp: { labels: ["wind"] } });
});

test("without an exclusion there is no choice for none, and N does nothing", async () => {
  const task = await open(TOPICS.replace(/exclusion-category="[^"]*"/, ""));
  await task.page.keyboard.press("n");
  expect(await task.frame.getByRole("checkbox").count()).toBe(3);
  expect(await task.collect()).toEqual({ tp: {} });
});

test("given categories are chosen at first, and each of them can be taken away", async () => {
  const task = await open(TOPICS.replace("header=", `initial-value="['sun','sea','rain']" header=`));
  expect(await task.collect()).toEqual({ tp: { initialValueModified: false, labels: ["sea", "sun"] } });
  await task.page.keyboard.press("1");
  await task.page.keyboard.press("3");
  expect(await task.collect()).toEqual({ tp: {} });
  await task.page.keyboard.press("2");
  expect(await task.submit()).toEqual({ tp: { initialValueModified: true, labels: ["wind"] } });
});

test("with no given category to begin with, nothing fits is a change", async () => {
  const task = await open(TOPICS.replace("header=", `initial-value="[]" header=`));
  await task.page.keyboard.press("n");
  expect(await task.submit()).toEqual({ tp: { initialValueModified: true, labels: ["Nothing fits"] } });
});

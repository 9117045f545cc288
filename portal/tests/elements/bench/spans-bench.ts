import { chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { TaskServer } from "../harness/server";
import { MainThread, report } from "./main-thread";

const LETTERS = 100_000;
const SPANS = 1000;
const ROUNDS = 40;

/** A text of made-up words in paragraphs of so many letters. */
function textOf(paragraph: number): string {
  let text = "";
  let line = 0;
  for (let word = 0; text.length < LETTERS; word++) {
    const next = `w${(word * 7919) % 10007} `;
    line += next.length;
    text += line > paragraph ? `${next.trim()}\n` : next;
    line = line > paragraph ? 0 : line;
  }
  return text.slice(0, LETTERS);
}

/** Spans of 5 to 300 letters, each over the next ones. */
function spans(): string {
  const list = Array.from({ length: SPANS }, (_, index) => {
    const startOffset = index * (LETTERS / SPANS);
    return { startOffset, endOffset: startOffset + 5 + ((index * 37) % 296), label: `l${index % 5}` };
  });
  return JSON.stringify(list);
}

function template(paragraph: number): string {
  return `<crowd-entity-annotation name="e" header="Mark" labels='["l0","l1","l2","l3","l4"]' text="${textOf(paragraph)}" initial-value='${spans()}'></crowd-entity-annotation>
    <script>document.addEventListener("all-crowd-elements-ready", () => requestAnimationFrame(() => setTimeout(() => window.readyAt = performance.now())));</script>`;
}

/** Select a part of the text, without labeling it. */
async function select(page: Page, start: number, length: number): Promise<void> {
  await page.evaluate(
    ([from, to]) => {
      const root = document.querySelector("crowd-entity-annotation")?.shadowRoot;
      (root?.querySelector("groundwork-text") as unknown as { select(anchor: number, head: number): void }).select(from, to);
    },
    [start, start + length] as const,
  );
  await page.waitForTimeout(80);
}

/** Click a span in the list, as the worker does to select it. */
async function choose(page: Page, index: number): Promise<void> {
  await page.evaluate((at) => {
    const rows = document.querySelector("crowd-entity-annotation")?.shadowRoot?.querySelectorAll<HTMLElement>(".span-row");
    rows?.[at % rows.length]?.click();
  }, index);
}

test.each([
  ["paragraphs of 400 letters", 400],
  ["one paragraph", Infinity],
])(`${LETTERS} letters with ${SPANS} overlapping spans, %s`, async (name, paragraph) => {
  const server = new TaskServer(inject("elementsBundle"), inject("iconsScript"));
  server.template = template(paragraph);
  const browser = await chromium.connect(inject("browserEndpoint"));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${await server.start()}/open`);
  await page.waitForFunction(() => "readyAt" in window);
  const ready = await page.evaluate(() => (window as unknown as { readyAt: number }).readyAt);
  await page.waitForTimeout(1500);
  const thread = await MainThread.of(page);
  const lines = [`${name}: ready after ${ready.toFixed(0)} ms of the clock; idle frames cost ${thread.idle.toFixed(1)} ms, taken off`];
  const measure = async (kind: string, prepare: (round: number) => Promise<void>, act: (round: number) => Promise<void>): Promise<void> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await prepare(round);
      times.push(...(await thread.times(1, () => act(round))));
    }
    lines.push(report(kind, times));
  };
  const place = (round: number): number => (round * 7727) % (LETTERS - 60_000);
  const letGo = (): Promise<void> => page.keyboard.press("Escape");

  await measure("add, 12 letters", (round) => select(page, place(round), 12), () => page.keyboard.press("1"));
  await measure("add, 60,000 letters", (round) => select(page, place(round), 60_000), () => page.keyboard.press("2"));
  await measure("undo", () => page.waitForTimeout(80), () => page.keyboard.press("Control+z"));
  await measure("select", letGo, (round) => choose(page, round * 769));
  await measure("change the label", (round) => choose(page, round * 769), (round) => page.keyboard.press(String(1 + (round % 5))));
  await measure("remove", (round) => choose(page, round * 769), () => page.keyboard.press("Delete"));

  const left = await page.evaluate(
    () => (document.querySelector("crowd-entity-annotation") as unknown as { value: { entities: unknown[] } }).value.entities.length,
  );
  expect(left).toBeGreaterThan(SPANS - ROUNDS);
  console.log(["", ...lines, ""].join("\n"));
  await browser.close();
  await server.stop();
});

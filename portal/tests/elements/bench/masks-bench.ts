import { chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { TaskServer } from "../harness/server";
import { MainThread, report } from "./main-thread";

const WIDTH = 4000;
const HEIGHT = 3000;
const TAG = "crowd-semantic-segmentation";
const TEMPLATE = `<crowd-form><${TAG} name="s" header="Paint" src="/image/large.png" labels="['Road','Tree']"></${TAG}></crowd-form>`;

interface MaskElement extends Element {
  readonly value: { readonly labeledImage: { readonly pngImageData: string } };
  restore(saved: unknown): void;
}

/** Milliseconds and characters of the answer, right after a stroke. */
function encode(page: Page): Promise<{ ms: number; length: number }> {
  return page.evaluate((tag) => {
    const begun = performance.now();
    const { length } = (document.querySelector(tag) as MaskElement).value.labeledImage.pngImageData;
    return { ms: performance.now() - begun, length };
  }, TAG);
}

test(`masks of ${WIDTH}×${HEIGHT} pixels`, async () => {
  const server = new TaskServer(inject("elementsBundle"), inject("iconsScript"));
  server.template = TEMPLATE;
  const browser = await chromium.connect(inject("browserEndpoint"));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${await server.start()}/open`);
  await page.locator(`${TAG} .stage.there`).waitFor({ timeout: 60_000 });
  const thread = await MainThread.of(page);
  const { mouse } = page;
  const lines: string[] = [];
  const measure = async (kind: string, count: number, event: (index: number) => Promise<void>): Promise<void> => {
    lines.push(report(kind, await thread.times(count, event)));
  };

  const slider = page.getByRole("slider", { name: "Brush" });
  await slider.evaluate((input: HTMLInputElement) => {
    input.value = String((Math.log(200) / Math.log(1000)) * 100);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await mouse.move(250, 300);
  await measure("brush 200 px: hover", 40, (index) => mouse.move(250 + 5 * index, 200 + 3 * index));
  await mouse.move(250, 300);
  await mouse.down();
  await measure("brush 200 px: stroke", 80, (index) => mouse.move(250 + 6 * index, 300 + 60 * Math.sin(index / 6)));
  await measure("brush 200 px: let go", 1, () => mouse.up());
  const encodings: number[] = [];
  let length = 0;
  for (let index = 0; index < 6; index++) {
    await page.keyboard.press(index % 2 === 0 ? "2" : "1");
    await mouse.click(300 + 60 * index, 500);
    const { ms, length: characters } = await encode(page);
    encodings.push(ms);
    length = characters;
  }
  lines.push(report("answer (PNG in base64)", encodings));
  await measure("undo, redo", 10, (index) => page.keyboard.press(index % 2 === 0 ? "Control+z" : "Control+y"));
  await measure("wheel in", 20, () => mouse.wheel(0, -50));
  await measure("wheel out", 20, () => mouse.wheel(0, 50));

  await page.keyboard.press("f");
  const waits: number[] = [];
  for (let index = 0; index < 4; index++) {
    const begun = performance.now();
    await page.keyboard.press(index === 0 ? "s" : index % 2 === 0 ? "[" : "]");
    await page.getByText("Click or drag to paint superpixels").waitFor({ timeout: 60_000 });
    waits.push(performance.now() - begun);
  }
  lines.push(report("superpixels: wait", waits));
  await mouse.move(300, 250);
  await measure("superpixels: hover", 40, (index) => mouse.move(300 + 5 * index, 250 + 3 * index));
  await mouse.down();
  await measure("superpixels: drag", 60, (index) => mouse.move(300 + 6 * index, 250 + 5 * index));
  await measure("superpixels: let go", 1, () => mouse.up());
  const detailed = await encode(page);
  lines.push(report("answer with superpixels", [detailed.ms]));

  const restored = await page.evaluate(async (tag) => {
    const widget = document.querySelector(tag) as MaskElement & { board: unknown };
    const draft = structuredClone(widget.value);
    const begun = performance.now();
    widget.restore(draft);
    while (!widget.board) {
      await new Promise((done) => setTimeout(done, 1));
    }
    const ms = performance.now() - begun;
    return { ms, same: widget.value.labeledImage.pngImageData === draft.labeledImage.pngImageData };
  }, TAG);
  lines.push(report("draft restored", [restored.ms]));
  expect(restored.same).toBe(true);
  const sizes = `answers of ${Math.round(length / 1000)} and ${Math.round(detailed.length / 1000)} thousand characters`;
  console.log(["", `idle frames cost ${thread.idle.toFixed(1)} ms, taken off; ${sizes}`, ...lines, ""].join("\n"));
  await browser.close();
  await server.stop();
});

import { chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { TaskServer } from "../harness/server";
import { MainThread, report } from "./main-thread";

const SHAPES = 500;
const WIDTH = 4000;
const HEIGHT = 3000;

const COLUMNS = Math.ceil(Math.sqrt((SHAPES * WIDTH) / HEIGHT));
const STEP = Math.floor(WIDTH / COLUMNS);

/** Boxes spread over the image, each of them somewhat different from the next, with room between them to draw. */
function boxes(): string {
  return JSON.stringify(
    Array.from({ length: SHAPES }, (_, index) => ({
      label: index % 3 === 0 ? "cup" : "jug",
      left: (index % COLUMNS) * STEP,
      top: Math.floor(index / COLUMNS) * STEP,
      width: Math.round(STEP * 0.3) + (index % 7),
      height: Math.round(STEP * 0.35) + (index % 5),
    })),
  );
}

const TEMPLATE = `<crowd-form><crowd-bounding-box name="b" header="Box cups" src="/image/large.png" labels="['cup','jug']"
  initial-value='${boxes()}'></crowd-bounding-box></crowd-form>`;

async function openPage(page: Page, origin: string): Promise<(x: number, y: number) => Promise<[number, number]>> {
  await page.goto(`${origin}/open`);
  await page.locator("crowd-bounding-box .stage.there").waitFor({ timeout: 60_000 });
  return async (x, y) => {
    const rect = await page.locator("crowd-bounding-box canvas.upper-canvas").boundingBox();
    return [(rect?.x ?? 0) + (x / WIDTH) * (rect?.width ?? 0), (rect?.y ?? 0) + (y / HEIGHT) * (rect?.height ?? 0)];
  };
}

test(`main-thread time per event with ${SHAPES} boxes on ${WIDTH}×${HEIGHT} pixels`, async () => {
  const server = new TaskServer(inject("elementsBundle"), inject("iconsScript"));
  server.template = TEMPLATE;
  const browser = await chromium.connect(inject("browserEndpoint"));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const at = await openPage(page, await server.start());
  const thread = await MainThread.of(page);
  const { mouse } = page;
  const lines: string[] = [];
  const measure = async (kind: string, count: number, event: (index: number) => Promise<void>): Promise<void> => {
    lines.push(report(kind, await thread.times(count, event)));
  };
  const [x, y] = await at(2000, 1500);

  await measure("hover", 60, (index) => mouse.move(x - 200 + 5 * index, y - 100 + 3 * index));
  const gap = (column: number, row: number): Promise<[number, number]> =>
    at((column + 0.66) * STEP, (row + 0.68) * STEP);
  const [left, top] = await gap(4, 4);
  const [right, bottom] = await gap(14, 12);
  const along = (share: number): [number, number] => [left + (right - left) * share, top + (bottom - top) * share];
  await mouse.move(left, top);
  await mouse.down();
  await measure("draw: drag", 60, (index) => mouse.move(...along((index + 1) / 60)));
  await measure("draw: let go", 1, () => mouse.up());
  await mouse.move(...along(0.5));
  await mouse.down();
  await measure("move: drag", 60, (index) => mouse.move(...along(0.5 + index / 200)));
  await measure("move: let go", 1, () => mouse.up());
  await measure("arrow key", 40, () => page.keyboard.press("ArrowLeft"));
  await measure("undo, redo", 20, (index) => page.keyboard.press(index % 2 === 0 ? "Control+z" : "Control+y"));
  await page.keyboard.press("Escape");
  await measure("wheel in", 25, () => mouse.wheel(0, -50));
  await mouse.down({ button: "middle" });
  await measure("pan: drag", 60, (index) => mouse.move(640 + 4 * index, 400 + 2 * index));
  await mouse.up({ button: "middle" });
  await measure("wheel out", 25, () => mouse.wheel(0, 50));
  await measure("click: select (3 events)", 20, async (index) => mouse.click(...(await at(60 + 160 * index, 700))));

  const drawn = await page.evaluate(
    () =>
      (document.querySelector("crowd-bounding-box") as unknown as { value: { boundingBoxes: unknown[] } }).value
        .boundingBoxes.length,
  );
  expect(drawn).toBe(SHAPES + 1);
  console.log([``, `idle frames cost ${thread.idle.toFixed(1)} ms, taken off`, ...lines, ``].join("\n"));
  await browser.close();
  await server.stop();
});

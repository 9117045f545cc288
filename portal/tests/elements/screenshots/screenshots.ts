import { readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useBrowser } from "../harness/open-task";
import { FIRST_TASKS, KEYS, PAGES, PRESS } from "./pages";

const FOLDER = join(import.meta.dirname, "../../../dist/screenshots");
const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
];
const open = useBrowser();

/** Rendered default templates of the task types, where `make screenshots` has written them. */
function defaultPages(): Record<string, string> {
  const folder = process.env["DEFAULT_PAGES"];
  const files = folder ? readdirSync(folder).filter((file) => file.endsWith(".html")) : [];
  return Object.fromEntries(
    files.map((file) => [`type-${file.replace(/\.html$/, "")}`, readFileSync(join(folder ?? "", file), "utf8")]),
  );
}

test("every element is in a picture", () => {
  const folders = readdirSync(join(import.meta.dirname, "../../../src/elements")).filter((name) => name.startsWith("crowd-"));
  const shown = Object.values(PAGES).join();
  expect(folders.filter((name) => !shown.includes(`<${name}`))).toEqual([]);
});

test.each(Object.entries({ ...PAGES, ...defaultPages() }))("%s", async (name, template) => {
  await mkdir(FOLDER, { recursive: true });
  const task = await open(template, { firstTask: FIRST_TASKS.includes(name) });
  const press = PRESS[name];
  if (press) {
    const button = task.frame.getByRole("button", { name: press });
    // A shape is chosen by its focus: its middle may lie under another.
    await (press.includes(",") ? button.focus() : button.click());
  }
  if (name === "crowd-instructions") {
    await task.frame.getByRole("tab", { name: "Examples" }).click();
  }
  for (const key of KEYS[name] ?? []) {
    await task.page.keyboard.press(key);
  }
  for (const size of SIZES) {
    await task.page.setViewportSize(size);
    await task.page.waitForTimeout(350);
    const path = join(FOLDER, `${name}-${size.width}.png`);
    expect((await task.page.screenshot({ path })).length).toBeGreaterThan(1000);
  }
  await task.page.setViewportSize(SIZES[0] ?? { width: 1280, height: 800 });
});

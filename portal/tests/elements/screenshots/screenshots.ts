import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useBrowser } from "../harness/open-task";
import { KEYS, PAGES, PRESS } from "./pages";

const FOLDER = join(import.meta.dirname, "../../../dist/screenshots");
const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
];
const open = useBrowser();

test.each(Object.entries(PAGES))("%s", async (name, template) => {
  await mkdir(FOLDER, { recursive: true });
  const task = await open(template);
  const press = PRESS[name];
  if (press) {
    await task.frame.getByRole("button", { name: press }).click();
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

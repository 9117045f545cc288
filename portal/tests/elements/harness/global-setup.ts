import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import type { TestProject } from "vitest/node";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

declare module "vitest" {
  interface ProvidedContext {
    /** Where the shared browser listens. */
    readonly browserEndpoint: string;
    /** Source of the elements bundle. */
    readonly elementsBundle: string;
    /** Source of the icons that are not in the bundle. */
    readonly iconsScript: string;
  }
}

/** Build the bundle once and start one browser for all test files; fails when there is no browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), "elements-"));
  const portal = join(import.meta.dirname, "../../..");
  const configFile = join(portal, "vite.elements.config.ts");
  await build({ configFile, mode: "all-elements", logLevel: "warn", build: { outDir } });
  project.provide("elementsBundle", await readFile(join(outDir, "all-elements.js"), "utf8"));
  project.provide("iconsScript", await readFile(join(outDir, "icons.js"), "utf8"));
  await rm(outDir, { recursive: true });
  const browser = await chromium.launchServer({ executablePath: CHROMIUM, args: FLAGS, host: "127.0.0.1" });
  project.provide("browserEndpoint", browser.wsEndpoint());
  return () => browser.close();
}

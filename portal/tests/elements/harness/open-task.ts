import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { TaskServer } from "./server";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A message as the portal's page got it. */
export type Message = { readonly type: string; readonly [key: string]: unknown };

/** What the portal says in its `start`. */
export interface Start {
  readonly draft?: Record<string, unknown>;
  readonly preview?: boolean;
  readonly firstTask?: boolean;
}

/** A template open in the sandboxed frame of a portal's page. */
export class OpenTask {
  constructor(
    readonly page: Page,
    readonly frame: Frame,
    readonly server: TaskServer,
    /** Errors of scripts in the page. */
    readonly errors: readonly Error[],
  ) {}

  /** Messages of one type that the portal's page got so far. */
  async messages(type: string): Promise<Message[]> {
    const all = await this.page.evaluate(() => (window as unknown as { messages: Message[] }).messages);
    return all.filter((message) => message.type === type);
  }

  /** Wait for the n-th message of a type. */
  async message(type: string, nth = 1): Promise<Message> {
    await this.page.waitForFunction(
      ([wanted, count]) =>
        (window as unknown as { messages: Message[] }).messages.filter((each) => each.type === wanted).length >= count,
      [type, nth] as const,
    );
    return (await this.messages(type))[nth - 1] as Message;
  }

  /** Press Submit and give the answer that reached the portal. */
  async submit(): Promise<unknown> {
    await this.frame.getByRole("button", { name: "Submit" }).click();
    return (await this.message("submit"))["answer"];
  }

  /** Say something as the portal. */
  async say(message: Record<string, unknown>): Promise<void> {
    await this.page.evaluate((each) => (window as unknown as { reply(m: unknown): void }).reply(each), message);
  }

  /** The answer as it stands, asked for by the portal. */
  async collect(): Promise<unknown> {
    const before = (await this.messages("draft")).length;
    await this.say({ type: "collect" });
    return (await this.message("draft", before + 1))["answer"];
  }

  /** Serious findings of axe in the frame. */
  async axe(): Promise<string[]> {
    await this.frame.evaluate(AXE);
    const results = await this.frame.evaluate(() =>
      (window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run(),
    );
    return results.violations
      .filter((each) => each.impact === "serious" || each.impact === "critical")
      .map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" | ")}`);
  }
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Set up a browser for a test file; the returned function opens templates in it. */
export function useBrowser(): (template: string, start?: Start) => Promise<OpenTask> {
  let browser: Browser;
  let page: Page;
  let origin: string;
  let opened = 0;
  const server = new TaskServer(inject("elementsBundle"), inject("iconsScript"));
  beforeAll(async () => {
    browser = await chromium.connect(inject("browserEndpoint"));
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(6000);
    origin = await server.start();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  return async (template, start = {}) => {
    server.template = template;
    server.requests.length = 0;
    const errors: Error[] = [];
    page.removeAllListeners("pageerror");
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`${origin}/portal?${++opened}#${encodeURIComponent(JSON.stringify(start))}`);
    const frame = page.frames().find((each) => each.url().endsWith("/task"));
    if (!frame) {
      throw new Error("the task's frame did not open");
    }
    const task = new OpenTask(page, frame, server, errors);
    await task.message("ready");
    await page.locator("iframe").focus();
    return task;
  };
}

/** Expect that axe finds nothing serious in the frame. */
export async function expectAccessible(task: OpenTask): Promise<void> {
  expect(await task.axe()).toEqual([]);
}

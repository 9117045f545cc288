/** Chromium, the built portal and a fake server for it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { build } from "vite";
import { FakeApi } from "./fake-api";
import type { FakeJob } from "./fake-api";
import { FakeQueue } from "./fake-queue";

interface Axe {
  run(context: Document, options: { iframes: boolean }): Promise<{ violations: Finding[] }>;
}

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
export const CONFIG_FILE = join(import.meta.dirname, "../../vite.config.ts");
export const PASSWORD = "Spring-meadow-7";

/** A built portal in a folder of its own, and one browser for all tests of a file. */
export class Workbench {
  private constructor(
    readonly browser: Browser,
    readonly dist: string,
  ) {}

  static async open(): Promise<Workbench> {
    const dist = await mkdtemp(join(tmpdir(), "portal-"));
    await build({ configFile: CONFIG_FILE, logLevel: "error", build: { outDir: dist } });
    const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
    return new Workbench(await chromium.launch({ executablePath, args: FLAGS }), dist);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.dist, { recursive: true });
  }
}

/** One worker's browser window with a server of its own. */
export class Desk {
  /** Complaints of the page: errors and violations of the content security policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly api: FakeApi,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(bench: Workbench, viewport = { width: 1280, height: 800 }): Promise<Desk> {
    const api = new FakeApi();
    await api.start(bench.dist);
    api.cognito.users.set("mail-team-1@example.org", { sub: "worker-1", name: "Mail team 1", password: PASSWORD });
    const context = await bench.browser.newContext({ viewport });
    context.setDefaultTimeout(8000);
    const page = await context.newPage();
    const desk = new Desk(api, context, page);
    page.on("pageerror", (error) => desk.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && /content security policy|trusted/i.test(message.text())) {
        desk.complaints.push(message.text());
      }
    });
    return desk;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.api.stop();
  }

  addJob(texts: readonly string[], timeLimit?: number): FakeJob {
    return this.api.addJob("customer-mail", "Topics of customer mail", new FakeQueue(texts, timeLimit));
  }

  async signIn(password = PASSWORD): Promise<void> {
    await this.page.goto(this.api.portalUrl);
    await this.fillSignIn(password);
  }

  async fillSignIn(password = PASSWORD): Promise<void> {
    await this.page.getByLabel("User name or e-mail address").fill("mail-team-1@example.org");
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async startWorking(): Promise<void> {
    await this.signIn();
    await this.page.getByRole("button", { name: "Start working" }).click();
    await this.taskShows();
  }

  /** The task's frame. */
  get task() {
    return this.page.frameLocator("iframe.current");
  }

  /** Wait until the task on show is ready, and holds this text. */
  async taskShows(text?: string): Promise<void> {
    const quote = this.task.locator("#text");
    await (text === undefined ? quote : quote.filter({ hasText: text })).waitFor();
  }

  async choose(label: string): Promise<void> {
    await this.task.getByLabel(label).check();
  }

  async submit(): Promise<void> {
    await this.task.getByRole("button", { name: "Submit" }).click();
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Serious and critical findings of axe on the page. */
  async seriousFindings(): Promise<string[]> {
    // Evaluated over the browser's protocol: the page's policy allows no script tag of a test.
    await this.page.evaluate(await readFile(AXE, "utf8"));
    const findings = await this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: Axe };
      return (await axe.run(document, { iframes: false })).violations;
    });
    return findings
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  }
}

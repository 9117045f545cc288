import type { CDPSession, Page } from "playwright-core";

/** Main-thread time of single events: everything the page's thread does until the second frame after the event. */
export class MainThread {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    /** What two idle frames and the asking for them cost, in milliseconds. */
    readonly idle: number,
  ) {}

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const bare = new MainThread(page, session, 0);
    const idle = median(await bare.times(40, async () => undefined));
    return new MainThread(page, session, idle);
  }

  /** Milliseconds of each of `count` events, without those of idle frames. */
  async times(count: number, event: (index: number) => Promise<void>): Promise<number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      const before = await this.busy();
      await event(index);
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      times.push(Math.max(((await this.busy()) - before) * 1000 - this.idle, 0));
    }
    return times;
  }

  private async busy(): Promise<number> {
    const { metrics } = await this.session.send("Performance.getMetrics");
    return metrics.find((each) => each.name === "TaskDuration")?.value ?? 0;
  }
}

/** A line of the report. */
export function report(kind: string, times: readonly number[]): string {
  const at = (share: number): string =>
    (sorted(times)[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1).padStart(7);
  return `${kind.padEnd(28)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   worst ${at(1)} ms   n ${times.length}`;
}

function median(times: readonly number[]): number {
  return sorted(times)[Math.floor(times.length / 2)] ?? 0;
}

function sorted(times: readonly number[]): number[] {
  return [...times].sort((a, b) => a - b);
}

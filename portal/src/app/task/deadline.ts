/** What the clock of a task says at a moment. */
export type DeadlineEvent = "tenth" | "minute" | "last-save" | "expired";

const LAST_SAVE_SECONDS = 5;
const MINUTE = 60;

/**
 * The time limit of a task: says once that a tenth is left, that a minute is left, that it is the last moment to save
 * and that time is up. Times are epoch seconds by the server's clock.
 */
export class Deadline {
  private readonly due: { readonly at: number; readonly event: DeadlineEvent }[];

  constructor(
    readonly leaseUntil: number,
    limitSeconds: number,
    now: number,
  ) {
    const left = leaseUntil - now;
    const thresholds: [number, DeadlineEvent][] = [
      [limitSeconds / 10, "tenth"],
      [MINUTE, "minute"],
      [LAST_SAVE_SECONDS, "last-save"],
      [0, "expired"],
    ];
    this.due = thresholds
      .filter(([seconds]) => seconds === 0 || seconds < left)
      .sort(([a], [b]) => b - a)
      .map(([seconds, event]) => ({ at: leaseUntil - seconds, event }));
  }

  remaining(now: number): number {
    return Math.max(0, this.leaseUntil - now);
  }

  /** The newest thing to say at this moment, or null; nothing is said twice. */
  check(now: number): DeadlineEvent | null {
    let newest: DeadlineEvent | null = null;
    while (this.due[0] !== undefined && this.due[0].at <= now) {
      newest = this.due.shift()!.event;
    }
    return newest;
  }
}

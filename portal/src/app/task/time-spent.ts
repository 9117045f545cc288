const ACTIVE_MS = 60_000;

/**
 * Counts the time a worker spends on a task: only while the page is visible and something happened within the last
 * 60 seconds (specification: task-types 7.3). Times in milliseconds, `seconds` in seconds.
 */
export class TimeSpent {
  private counted: number;
  private countedUntil: number;
  private activeUntil: number;

  constructor(
    seconds: number,
    now: number,
    private visible = true,
  ) {
    this.counted = seconds * 1000;
    this.countedUntil = now;
    this.activeUntil = now + ACTIVE_MS;
  }

  activity(now: number): void {
    this.settle(now);
    this.activeUntil = now + ACTIVE_MS;
  }

  setVisible(visible: boolean, now: number): void {
    this.settle(now);
    this.visible = visible;
  }

  /** Seconds spent so far, with one decimal place. */
  seconds(now: number): number {
    this.settle(now);
    return Math.round(this.counted / 100) / 10;
  }

  private settle(now: number): void {
    if (this.visible) {
      this.counted += Math.max(0, Math.min(now, this.activeUntil) - this.countedUntil);
    }
    this.countedUntil = Math.max(now, this.countedUntil);
  }
}

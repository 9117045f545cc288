/** The queue of the fake server: one labeling job's tasks, kept to the rules of docs/architecture.md, "Portal API". */

export interface Refusal {
  readonly status: number;
  readonly code: string;
}

type Slot = "open" | "reserved" | "leased" | "stopped" | "answered" | "declined" | "skipped";

export interface FakeTask {
  readonly entry: number;
  readonly text: string;
  state: Slot;
  token: string;
  leaseUntil: number | null;
  draft: unknown;
  timeSpentInSeconds: number;
  stoppedAt: number;
  answers: { readonly answer: unknown; readonly timeSpentInSeconds: number }[];
  declines: unknown[];
}

export class FakeQueue {
  readonly tasks: FakeTask[];
  status = "InProgress";
  taskTimeLimitInSeconds: number;
  /** Others hold tasks: an empty queue says "waiting" instead of "done". */
  othersAtWork = false;
  private serial = 0;

  constructor(texts: readonly string[], taskTimeLimitInSeconds = 1800) {
    this.taskTimeLimitInSeconds = taskTimeLimitInSeconds;
    this.tasks = texts.map((text, entry) => ({
      entry,
      text,
      state: "open",
      token: "",
      leaseUntil: null,
      draft: null,
      timeSpentInSeconds: 0,
      stoppedAt: 0,
      answers: [],
      declines: [],
    }));
  }

  /** Hand out the next task; null when there is none. */
  take(show: boolean): FakeTask | null {
    const first = (...states: Slot[]): FakeTask | undefined => this.tasks.find((task) => states.includes(task.state));
    const lapsed = this.tasks.find((task) => this.lapsed(task));
    const task = first("reserved") ?? first("open") ?? lapsed ?? first("skipped");
    return task === undefined ? null : this.lease(task, show);
  }

  /** Hand out a task a worker stopped at or has lost sight of; null when it is not to be had. */
  takeBack(entry: number | undefined): FakeTask | null {
    const task = entry === undefined ? undefined : this.tasks[entry];
    if (task === undefined || task.state === "answered" || task.state === "declined") {
      return null;
    }
    const leaseUntil = task.leaseUntil !== null && task.leaseUntil > now() ? task.leaseUntil : null;
    this.lease(task, true);
    task.leaseUntil = leaseUntil ?? task.leaseUntil;
    return task;
  }

  /** The task with this token, if it may be acted on. */
  held(entry: number, token: string): FakeTask | Refusal {
    const task = this.tasks[entry];
    if (task === undefined) {
      return { status: 404, code: "no_such_task" };
    }
    if (task.state === "answered") {
      return { status: 409, code: "already_submitted" };
    }
    if (this.status !== "InProgress") {
      return { status: 409, code: "job_stopped" };
    }
    if (task.token !== token || (task.state !== "leased" && task.state !== "reserved")) {
      return { status: 409, code: "not_leased" };
    }
    return this.lapsed(task) ? { status: 409, code: "lease_expired" } : task;
  }

  start(task: FakeTask): number {
    task.state = "leased";
    task.leaseUntil = now() + this.taskTimeLimitInSeconds;
    return task.leaseUntil;
  }

  get counts(): { total: number; ready: number } {
    return { total: this.tasks.length, ready: this.tasks.filter((task) => task.state === "answered").length };
  }

  private lease(task: FakeTask, show: boolean): FakeTask {
    this.serial += 1;
    task.token = `token-${task.entry}-${this.serial}`;
    task.state = "reserved";
    task.leaseUntil = null;
    if (show) {
      this.start(task);
    }
    return task;
  }

  private lapsed(task: FakeTask): boolean {
    return task.state === "leased" && task.leaseUntil !== null && task.leaseUntil <= now();
  }
}

export function now(): number {
  return Date.now() / 1000;
}

import type { JobTasks } from "../api/portal-api";
import type { Task } from "../api/shapes";
import type { Answer } from "../frame-protocol";
import { Deadline } from "./deadline";
import type { LocalWork } from "./local-work";
import { TimeSpent } from "./time-spent";

const SAVE_EVERY_SECONDS = 30;

/** The task a worker has in hand: its clock, the time spent on it and its draft. Times are epoch seconds. */
export class TaskInHand {
  readonly deadline: Deadline;
  /** Both 409 answers to one submit must not send it round in circles. */
  takenBack = false;
  private readonly time: TimeSpent;
  private answer: Answer | null;
  private savedAt: number;
  private unsaved = false;

  constructor(
    readonly task: Task,
    private readonly tasks: JobTasks,
    private readonly local: LocalWork,
    private readonly now: () => number,
    visible: boolean,
  ) {
    const started = now();
    const kept = startingPoint(task, local);
    this.answer = kept.draft;
    this.time = new TimeSpent(kept.timeSpentInSeconds, started * 1000, visible);
    const leaseUntil = task.leaseUntil ?? started + task.taskTimeLimitInSeconds;
    this.deadline = new Deadline(leaseUntil, task.taskTimeLimitInSeconds, started);
    this.savedAt = started;
    local.hand = task.entry;
  }

  /** The answer as it stands, or null when the worker has not touched anything. */
  get draft(): Answer | null {
    return this.answer;
  }

  get timeSpentInSeconds(): number {
    return this.time.seconds(this.now() * 1000);
  }

  activity(): void {
    this.time.activity(this.now() * 1000);
  }

  setVisible(visible: boolean): void {
    this.time.setVisible(visible, this.now() * 1000);
  }

  /** The same task under a new lease, with what was done so far. */
  under(task: Task, visible: boolean): TaskInHand {
    const merged = { ...task, draft: this.answer, timeSpentInSeconds: this.timeSpentInSeconds };
    const renewed = new TaskInHand(merged, this.tasks, this.local, this.now, visible);
    renewed.takenBack = true;
    return renewed;
  }

  /** Keep the answer as it stands: in the browser at once, on the server with the next due save. */
  remember(answer: Answer): void {
    if (JSON.stringify(answer) === JSON.stringify(this.answer)) {
      return;
    }
    this.answer = answer;
    this.unsaved = true;
    const { timeSpentInSeconds } = this;
    this.local.saveDraft(this.task.entry, { draft: answer, timeSpentInSeconds, savedAt: this.now() });
  }

  /** Whether a save on the server is due: something changed, and the last save is 30 seconds ago. */
  get saveDue(): boolean {
    return this.unsaved && this.now() - this.savedAt >= SAVE_EVERY_SECONDS;
  }

  /** Save the draft on the server; after a failure it counts as changed again. */
  async save(stop = false): Promise<void> {
    if (!this.unsaved && !stop) {
      return;
    }
    this.unsaved = false;
    this.savedAt = this.now();
    try {
      await this.tasks.draft(this.task, this.answer ?? {}, this.timeSpentInSeconds, stop);
    } catch (error) {
      this.unsaved = true;
      throw error;
    }
  }

  /** The server has the answer, or the task is given away: nothing to keep. */
  forget(): void {
    this.local.forget(this.task.entry);
  }
}

/** The draft a task's frame starts with, or null. */
export function draftFor(task: Task, local: LocalWork): Answer | null {
  return startingPoint(task, local).draft;
}

/** The browser's draft wins over the server's, unless more time was spent on the latter, on another computer. */
function startingPoint(task: Task, local: LocalWork): { draft: Answer | null; timeSpentInSeconds: number } {
  const kept = local.draft(task.entry);
  if (kept !== null && kept.timeSpentInSeconds >= task.timeSpentInSeconds) {
    return { draft: kept.draft, timeSpentInSeconds: kept.timeSpentInSeconds };
  }
  const draft = task.draft && Object.keys(task.draft).length > 0 ? task.draft : null;
  return { draft, timeSpentInSeconds: task.timeSpentInSeconds };
}

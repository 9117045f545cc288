import type { Conflict } from "../api/errors";
import type { JobTasks } from "../api/portal-api";
import type { Task } from "../api/shapes";
import type { Answer } from "../frame-protocol";
import type { LocalWork } from "./local-work";
import { type Frames, TaskBoard } from "./task-board";
import { TaskInHand } from "./task-in-hand";
import { lossOf } from "./task-messages";
import { TaskSource } from "./task-source";
import type { TaskState } from "./task-state";

/** What the logic of the task page needs from outside. */
export interface RunnerPorts {
  readonly tasks: JobTasks;
  readonly local: LocalWork;
  readonly frames: Frames;
  /** Epoch seconds by the server's clock. */
  readonly now: () => number;
  readonly onChange: (state: TaskState) => void;
  /** The worker did something: the session's idle time starts again. */
  readonly onActivity: () => void;
}

/** What the parts of the task page's logic share: the state on show, the task in hand, where tasks come from. */
export class Workplace {
  readonly board: TaskBoard;
  readonly source: TaskSource;
  hand: TaskInHand | null = null;
  visible = true;
  closed = false;

  constructor(readonly ports: RunnerPorts) {
    this.board = new TaskBoard(ports.frames, ports.onChange);
    this.source = new TaskSource(ports.tasks);
  }

  /** The answer in hand as it stands, for a download; null when there is none. */
  get answerCopy(): Answer | null {
    return this.hand?.draft ?? null;
  }

  /** The task is no longer this worker's: lock the page, keep the answer for a download. */
  lose(conflict: Conflict | "time_is_up"): void {
    this.board.post({ type: "collect" });
    this.ports.local.hand = null;
    const { title, message } = lossOf(conflict);
    this.board.change({ phase: { name: "lost", title, message }, notice: null });
    this.board.announce(`${title}. ${message}`, true);
  }

  /** There is no more work in this job. */
  end(name: "done" | "stopped", message: string): void {
    this.hand = null;
    this.ports.local.hand = null;
    this.board.change({ phase: { name, message }, current: null, next: null, remaining: null, notice: null });
  }

  /** Lease the task in hand anew under what was done so far; false when the server does not give it back. */
  async takeBack(): Promise<boolean> {
    const { hand } = this;
    const { current } = this.board.state;
    if (hand === null || current === null) {
      return false;
    }
    const task = await this.source.takeBack(hand.task.entry);
    if (task === null || this.closed || this.hand !== hand) {
      return false;
    }
    if (task.entry !== hand.task.entry) {
      this.keepForLater(task);
      return false;
    }
    this.hand = hand.under(task, this.visible);
    this.board.change({ current: { ...current, task } });
    return true;
  }

  /** A task the server gave in place of another: it comes next, or goes back if there is a next one already. */
  private keepForLater(task: Task): void {
    if (this.board.state.next === null) {
      this.board.change({ next: this.board.open(task) });
    } else {
      // Best effort: an unused lease runs out by itself.
      void this.ports.tasks.skip(task).catch(() => undefined);
    }
  }
}

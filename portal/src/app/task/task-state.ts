import type { Task } from "../api/shapes";

/** A task and the frame that shows it, or that loads it out of sight. */
export interface Slot {
  /** Identity of the frame; a new key means a new frame. */
  readonly key: string;
  readonly task: Task;
  /** Fixed for the life of the frame: a new lease must not load the page anew and lose the work in it. */
  readonly pageUrl: string;
  /** The frame's page has rendered its elements. */
  readonly ready: boolean;
  /** Something in the page does not load, even with a fresh address. */
  readonly broken: boolean;
}

export type Phase =
  /** Asking the server for a task. */
  | { readonly name: "loading" }
  /** The task is shown and may be worked on. */
  | { readonly name: "working" }
  /** The answer is on its way. */
  | { readonly name: "submitting" }
  /** A skip, decline or stop is on its way. */
  | { readonly name: "leaving" }
  /** The task is no longer this worker's; the answer may be downloaded. */
  | { readonly name: "lost"; readonly title: string; readonly message: string }
  /** Others hold the last tasks; asks again by itself. */
  | { readonly name: "waiting"; readonly message: string }
  /** Nothing is left for this worker. */
  | { readonly name: "done"; readonly message: string }
  /** The job takes no more answers. */
  | { readonly name: "stopped"; readonly message: string }
  /** No task could be fetched. */
  | { readonly name: "failed"; readonly message: string }
  /** The worker has left; the page may close. */
  | { readonly name: "left" };

/** Something to do about a notice. */
export type NoticeAction = "send-again" | "leave-anyway" | "report" | "reload";

export interface Notice {
  readonly tone: "info" | "warning" | "error";
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

/** Everything the task page shows. */
export interface TaskState {
  readonly phase: Phase;
  readonly current: Slot | null;
  readonly next: Slot | null;
  /** Seconds left on the clock of the current task; null without a clock. */
  readonly remaining: number | null;
  /** A tenth of the time limit, or a minute, is left. */
  readonly hurry: boolean;
  readonly notice: Notice | null;
  /** For screen readers; a new object for each announcement. */
  readonly announcement: { readonly text: string; readonly urgent: boolean } | null;
  /** Tasks submitted since the page was opened. */
  readonly submitted: number;
}

export const INITIAL_STATE: TaskState = {
  phase: { name: "loading" },
  current: null,
  next: null,
  remaining: null,
  hurry: false,
  notice: null,
  announcement: null,
  submitted: 0,
};

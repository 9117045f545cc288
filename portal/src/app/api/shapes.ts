import type { Answer } from "../frame-protocol";

/** Answer of `GET /jobs`. Times are epoch seconds. */
export interface JobList {
  readonly worker: { readonly id: string; readonly name: string };
  readonly jobs: readonly Job[];
}

/** A labeling job that is open to one of the worker's teams. */
export interface Job {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly status: string;
  readonly taskTimeLimitInSeconds: number;
  readonly createdAt: number;
  readonly counts: { readonly total: number; readonly ready: number };
  readonly held: readonly HeldTask[];
}

/** A task the worker stopped, waiting for the same worker. */
export interface HeldTask {
  readonly entry: number;
  readonly stoppedAt: number;
  readonly hasDraft: boolean;
  readonly leaseUntil: number | null;
}

/** One task as the server hands it out; `leaseUntil` is null while it is only reserved. */
export interface Task {
  readonly entry: number;
  readonly token: string;
  /** From the server a path below the API's address; the API client makes it a full address. */
  readonly pageUrl: string;
  readonly leaseUntil: number | null;
  readonly taskTimeLimitInSeconds: number;
  readonly draft?: Answer | null;
  readonly timeSpentInSeconds: number;
}

export interface TaskWish {
  /** Where the search for the next data object goes on; opaque. */
  readonly after?: unknown;
  /** A held or formerly leased task to take back. */
  readonly entry?: number;
  /** True starts the clock, false only reserves. */
  readonly show: boolean;
}

export type TaskReply =
  | { readonly task: Task; readonly after?: unknown }
  | { readonly task: null; readonly reason: "waiting" | "done" | "stopped"; readonly message?: string };

export interface SubmitOutcome {
  readonly outcome: "submitted";
  /** The prefetched task whose clock now runs; null when it is gone; absent when none was named. */
  readonly next?: { readonly entry: number; readonly leaseUntil: number } | null;
}

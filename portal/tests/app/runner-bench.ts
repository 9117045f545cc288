/** A task runner on a bench: an API one can make fail, frames that record, a clock that is turned by hand. */
import { vi } from "vitest";
import { ApiError, type Conflict } from "../../src/app/api/errors";
import type { JobTasks } from "../../src/app/api/portal-api";
import type { SubmitOutcome, Task, TaskReply } from "../../src/app/api/shapes";
import type { Answer, ToFrame } from "../../src/app/frame-protocol";
import { LocalWork } from "../../src/app/task/local-work";
import { TaskRunner } from "../../src/app/task/task-runner";
import type { TaskState } from "../../src/app/task/task-state";

export const LIMIT = 600;

export class MemoryStorage implements Storage {
  private readonly items = new Map<string, string>();

  get length(): number {
    return this.items.size;
  }

  clear(): void {
    this.items.clear();
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

export function conflict(code: Conflict): ApiError {
  return new ApiError(409, code, `Conflict: ${code}.`);
}

export function epochSeconds(): number {
  return Date.now() / 1000;
}

export function taskOf(entry: number, patch: Partial<Task> = {}): Task {
  return {
    entry,
    token: `token-${entry}`,
    pageUrl: `https://api.example.org/pages/mail/${entry}/token-${entry}`,
    leaseUntil: epochSeconds() + LIMIT,
    taskTimeLimitInSeconds: LIMIT,
    timeSpentInSeconds: 0,
    ...patch,
  };
}

/** The server's side: tasks 0, 1, 2 … in order, unless a test says otherwise. */
export function fakeTasks(count = 5) {
  let entry = 0;
  return {
    take: vi.fn(async (wish: { entry?: number; show: boolean; after?: unknown }): Promise<TaskReply> => {
      if (wish.entry !== undefined) {
        return { task: taskOf(wish.entry, { token: `back-${wish.entry}` }) };
      }
      if (entry >= count) {
        return { task: null, reason: "done" };
      }
      const task = taskOf(entry, wish.show ? {} : { leaseUntil: null });
      entry += 1;
      return { task, after: `after-${task.entry}` };
    }),
    answer: vi.fn(async (_task: Task, _answer: Answer, _seconds: number, next?: Task): Promise<SubmitOutcome> => {
      const started = next && { entry: next.entry, leaseUntil: epochSeconds() + LIMIT };
      return { outcome: "submitted", ...(started ? { next: started } : {}) };
    }),
    show: vi.fn(async (_task: Task) => ({ leaseUntil: epochSeconds() + LIMIT })),
    decline: vi.fn(async (_task: Task, _reason?: string, _code?: "broken_object") => {}),
    skip: vi.fn(async (_task: Task) => {}),
    draft: vi.fn(async (_task: Task, _draft: Answer, _seconds: number, _stop: boolean) => {}),
    renew: vi.fn(async (_task: Task): Promise<Readonly<Record<string, string>>> => ({})),
  };
}

export class Bench {
  readonly storage: MemoryStorage;
  readonly local: LocalWork;
  readonly posted: { readonly key: string; readonly message: ToFrame }[] = [];
  readonly phases: string[] = [];
  readonly runner: TaskRunner;
  activities = 0;

  constructor(
    readonly tasks = fakeTasks(),
    storage = new MemoryStorage(),
  ) {
    this.storage = storage;
    this.local = new LocalWork(storage, "worker-1", "mail");
    this.runner = new TaskRunner({
      tasks: tasks as unknown as JobTasks,
      local: this.local,
      frames: { post: (key, message) => this.posted.push({ key, message }) },
      now: epochSeconds,
      onChange: (state) => this.phases.at(-1) === state.phase.name || this.phases.push(state.phase.name),
      onActivity: () => (this.activities += 1),
    });
  }

  get state(): TaskState {
    return this.runner.state;
  }

  get entry(): number | undefined {
    return this.state.current?.task.entry;
  }

  /** Open the first task and let its frame come up; the next one is then reserved. */
  async begin(entry: number | null = null): Promise<void> {
    await this.runner.start(entry);
    await this.frameComesUp();
  }

  async frameComesUp(): Promise<void> {
    const { current } = this.state;
    if (current !== null) {
      this.runner.fromFrame(current.key, { type: "hello" });
      this.runner.fromFrame(current.key, { type: "ready" });
    }
    await settle();
  }

  async submit(answer: Answer = { topic: "price" }): Promise<void> {
    this.runner.fromFrame(this.state.current!.key, { type: "submit", answer });
    await settle();
  }

  draft(answer: Answer): void {
    this.runner.fromFrame(this.state.current!.key, { type: "draft", answer });
  }

  /** The messages of one type that went to frames. */
  sent<T extends ToFrame["type"]>(type: T): Extract<ToFrame, { type: T }>[] {
    return this.posted
      .map(({ message }) => message)
      .filter((message): message is Extract<ToFrame, { type: T }> => message.type === type);
  }
}

/** Let promises run without moving the clock. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

export async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

/** A promise one settles by hand. */
export function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

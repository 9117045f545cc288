import { isTemporary, sentenceFor } from "../api/errors";
import type { Task } from "../api/shapes";
import { TaskInHand } from "./task-in-hand";
import { SENTENCES } from "./task-messages";
import type { NoTask } from "./task-source";
import type { Slot } from "./task-state";
import type { Workplace } from "./workplace";

const POLL_SECONDS = [3, 5, 8, 12, 20] as const;
const RETRY_SECONDS = [2, 4, 8, 16, 30] as const;

/** Puts tasks on the page: the one to work on, and the next one, loaded out of sight. */
export class Supply {
  private prefetching: Promise<void> | null = null;
  private failures = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly place: Workplace) {}

  dispose(): void {
    clearTimeout(this.again);
  }

  /** Open a task: the named one, the one that was in hand before a reload, or the next one. */
  async start(entry: number | null): Promise<void> {
    const { board, ports, source } = this.place;
    const wanted = entry ?? ports.local.hand;
    if (wanted === null) {
      return this.openNext();
    }
    try {
      const task = await source.takeBack(wanted);
      if (task?.entry !== wanted) {
        board.notice("info", SENTENCES.notTaken);
      }
      if (task !== null) {
        this.present(board.open(task));
        return;
      }
    } catch (error) {
      if (isTemporary(error)) {
        this.failed(error, () => this.start(entry));
        return;
      }
      board.notice("info", SENTENCES.notTaken);
    }
    ports.local.hand = null;
    return this.openNext();
  }

  /** Leave the current task behind and open the next one. */
  goOn(): Promise<void> {
    this.place.hand = null;
    this.place.ports.local.hand = null;
    this.place.board.change({ phase: { name: "loading" }, remaining: null, hurry: false });
    return this.openNext();
  }

  /** Put a task, whose clock runs, before the worker. */
  present(slot: Slot): void {
    const { board, ports, visible } = this.place;
    if (this.place.closed) {
      return;
    }
    clearTimeout(this.again);
    this.failures = 0;
    const hand = new TaskInHand(slot.task, ports.tasks, ports.local, ports.now, visible);
    this.place.hand = hand;
    const remaining = hand.deadline.remaining(ports.now());
    board.change({ phase: { name: "working" }, current: slot, next: null, remaining, hurry: false });
    if (slot.broken) {
      board.notice("warning", SENTENCES.broken, "report");
    }
    if (slot.ready) {
      this.prefetch();
    }
  }

  /** Reserve the next task and load its page out of sight. */
  prefetch(): void {
    const { board } = this.place;
    if (this.prefetching === null && board.state.next === null && board.is("working")) {
      this.prefetching = this.reserve().finally(() => (this.prefetching = null));
    }
  }

  private async reserve(): Promise<void> {
    const task = await this.place.source.reserve();
    const { board, hand, closed } = this.place;
    if (task !== null && !closed && task.entry !== hand?.task.entry && !board.is("left", "stopped")) {
      board.change({ next: board.open(task) });
    }
  }

  private async openNext(): Promise<void> {
    try {
      await this.prefetching;
      if (this.place.closed) {
        return;
      }
      if (!(await this.openReserved())) {
        this.opened(await this.place.source.take());
      }
    } catch (error) {
      this.failed(error, () => this.openNext());
    }
  }

  private async openReserved(): Promise<boolean> {
    const { board, source } = this.place;
    const reserved = board.state.next;
    if (reserved === null) {
      return false;
    }
    const task = await source.show(reserved.task);
    if (task === null) {
      board.change({ next: null });
      return false;
    }
    this.present({ ...(board.slot(reserved.key) ?? reserved), task });
    return true;
  }

  private opened(reply: Task | NoTask): void {
    if (this.place.closed) {
      return;
    }
    if ("entry" in reply) {
      this.present(this.place.board.open(reply));
    } else if (reply.reason === "waiting") {
      this.wait(reply.message ?? SENTENCES.waiting);
    } else {
      this.place.end(reply.reason, reply.message ?? SENTENCES[reply.reason]);
    }
  }

  private wait(message: string): void {
    this.place.hand = null;
    this.place.board.change({ phase: { name: "waiting", message }, current: null, next: null, remaining: null });
    this.later(POLL_SECONDS, () => this.openNext());
  }

  private failed(error: unknown, repeat: () => Promise<void>): void {
    if (this.place.closed) {
      return;
    }
    this.place.hand = null;
    const message = sentenceFor(error);
    this.place.board.change({ phase: { name: "failed", message }, current: null, remaining: null });
    if (isTemporary(error)) {
      this.later(RETRY_SECONDS, repeat);
    }
  }

  /** Try again after a growing pause; a page out of sight waits until somebody looks at it. */
  private later(pauses: readonly number[], repeat: () => Promise<void>): void {
    const seconds = pauses[Math.min(this.failures, pauses.length - 1)] ?? 1;
    this.failures += 1;
    const attempt = (): void => {
      if (this.place.visible) {
        void repeat();
      } else {
        this.again = setTimeout(attempt, 1000);
      }
    };
    clearTimeout(this.again);
    this.again = setTimeout(attempt, seconds * 1000);
  }
}

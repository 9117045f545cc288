import { conflictOf, isTemporary, sentenceFor } from "../api/errors";
import type { Task } from "../api/shapes";
import type { Outbox } from "./outbox";
import type { Supply } from "./supply";
import type { TaskInHand } from "./task-in-hand";
import { SENTENCES } from "./task-messages";
import type { Workplace } from "./workplace";

const COLLECT_MS = 1000;

/** The ways to leave a task without an answer: skip, decline, report a problem, stop for later. */
export class Departure {
  private collected: (() => void) | null = null;

  constructor(
    private readonly place: Workplace,
    private readonly supply: Supply,
    private readonly outbox: Outbox,
  ) {}

  skip(): Promise<void> {
    return this.giveUp((task) => this.place.ports.tasks.skip(task), SENTENCES.skipped);
  }

  decline(reason?: string): Promise<void> {
    return this.giveUp((task) => this.place.ports.tasks.decline(task, reason), SENTENCES.declined);
  }

  report(reason?: string): Promise<void> {
    const call = (task: Task): Promise<void> => this.place.ports.tasks.decline(task, reason, "broken_object");
    return this.giveUp(call, SENTENCES.reported);
  }

  /** Keep the draft for later and leave. */
  async stop(): Promise<void> {
    const hand = this.begin();
    if (hand === null) {
      return;
    }
    await this.collect();
    try {
      await hand.save(true);
      hand.forget();
    } catch (error) {
      if (isTemporary(error)) {
        this.place.board.phase({ name: "working" });
        this.place.board.notice("error", SENTENCES.notStopped, "leave-anyway");
        return;
      }
      if (conflictOf(error) === "lease_expired") {
        this.place.lose("lease_expired");
        return;
      }
    }
    this.leave();
  }

  /** Leave at once; what the server does not have stays in the browser. */
  leave(): void {
    this.place.ports.local.hand = null;
    this.place.hand = null;
    this.place.board.phase({ name: "left" });
  }

  /** The frame has answered `collect`. */
  draftArrived(): void {
    this.collected?.();
  }

  private begin(): TaskInHand | null {
    const { board, hand } = this.place;
    if (!board.is("working") || hand === null) {
      return null;
    }
    this.outbox.clear();
    board.change({ phase: { name: "leaving" }, notice: null });
    return hand;
  }

  private async giveUp(call: (task: Task) => Promise<void>, done: string): Promise<void> {
    const hand = this.begin();
    if (hand === null) {
      return;
    }
    const { board } = this.place;
    try {
      await call(hand.task);
    } catch (error) {
      const conflict = conflictOf(error);
      if (conflict === null) {
        board.phase({ name: "working" });
        board.notice("error", sentenceFor(error));
        return;
      }
      if (conflict === "job_stopped") {
        this.place.end("stopped", sentenceFor(error));
        return;
      }
    }
    hand.forget();
    board.announce(done);
    await this.supply.goOn();
  }

  private async collect(): Promise<void> {
    const { board } = this.place;
    if (board.state.current?.ready !== true) {
      return;
    }
    const answered = new Promise<void>((resolve) => (this.collected = resolve));
    const limit = new Promise<void>((resolve) => setTimeout(resolve, COLLECT_MS));
    board.post({ type: "collect" });
    await Promise.race([answered, limit]);
    this.collected = null;
  }
}

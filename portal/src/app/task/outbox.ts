import { type Conflict, conflictOf, isTemporary, sentenceFor } from "../api/errors";
import type { SubmitOutcome } from "../api/shapes";
import type { Answer } from "../frame-protocol";
import type { Supply } from "./supply";
import { ANSWER_LIMIT_BYTES, SENTENCES, lossOf, tooLarge } from "./task-messages";
import type { Slot } from "./task-state";
import type { Workplace } from "./workplace";

const RETRY_SECONDS = [2, 4, 8, 16, 30] as const;

/** Hands in answers: one at a time, again and again while the network is down, and never more than once. */
export class Outbox {
  private answer: Answer | null = null;
  /** Which task the answer belongs to: a retry must never reach the task after it. */
  private entry: number | null = null;
  private attempts = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly place: Workplace,
    private readonly supply: Supply,
  ) {}

  /** Whether an answer waits to be sent. */
  get holds(): boolean {
    return this.answer !== null && this.entry === this.place.hand?.task.entry;
  }

  clear(): void {
    clearTimeout(this.retry);
    this.answer = null;
    this.entry = null;
    this.attempts = 0;
  }

  async submit(answer: Answer): Promise<void> {
    const { board, hand } = this.place;
    if (!board.is("working") || hand === null) {
      return;
    }
    this.clear();
    const bytes = new TextEncoder().encode(JSON.stringify(answer)).length;
    if (bytes > ANSWER_LIMIT_BYTES) {
      this.refuse(tooLarge(bytes));
      return;
    }
    hand.remember(answer);
    this.answer = answer;
    this.entry = hand.task.entry;
    await this.send();
  }

  /** The form changed: an answer that could not be sent is not what the worker wants any more. */
  changed(answer: Answer): void {
    if (!this.holds || !this.place.board.is("working")) {
      return;
    }
    if (JSON.stringify(answer) !== JSON.stringify(this.answer)) {
      this.clear();
      this.place.board.notice("warning", SENTENCES.changed);
    }
  }

  /** Send the answer that waits, now. */
  async send(): Promise<void> {
    const { board, hand, ports } = this.place;
    const { answer } = this;
    if (answer === null || hand === null || !this.holds || !board.is("working")) {
      return;
    }
    clearTimeout(this.retry);
    const { next } = board.state;
    board.change({ phase: { name: "submitting" }, notice: null });
    try {
      const outcome = await ports.tasks.answer(hand.task, answer, hand.timeSpentInSeconds, next?.task);
      await this.sent(outcome, next);
    } catch (error) {
      if (!this.place.closed) {
        await this.notSent(error, next);
      }
    }
  }

  private async sent(outcome: SubmitOutcome, named: Slot | null): Promise<void> {
    const { board } = this.place;
    board.post({ type: "submit-result", ok: true });
    this.clear();
    this.place.hand?.forget();
    board.change({ submitted: board.state.submitted + 1, notice: null });
    board.announce(SENTENCES.submitted);
    const started = outcome.next;
    const slot = named === null ? null : board.slot(named.key);
    if (slot !== null && started && started.entry === slot.task.entry) {
      this.supply.present({ ...slot, task: { ...slot.task, leaseUntil: started.leaseUntil } });
      return;
    }
    if (slot !== null && started === null) {
      board.change({ next: null });
    }
    await this.supply.goOn();
  }

  private async notSent(error: unknown, next: Slot | null): Promise<void> {
    const conflict = conflictOf(error);
    if (conflict !== null) {
      await this.conflict(conflict, error, next);
      return;
    }
    if (!isTemporary(error)) {
      this.clear();
      this.refuse(sentenceFor(error));
      return;
    }
    const seconds = RETRY_SECONDS[Math.min(this.attempts, RETRY_SECONDS.length - 1)] ?? 2;
    this.attempts += 1;
    this.refuse(`${SENTENCES.notSent} Trying again in ${seconds} seconds.`, true);
    this.retry = setTimeout(() => void this.send(), seconds * 1000);
  }

  private async conflict(conflict: Conflict, error: unknown, next: Slot | null): Promise<void> {
    const { board, hand } = this.place;
    switch (conflict) {
      case "already_submitted":
        return this.sent({ outcome: "submitted" }, next);
      case "not_leased":
        return this.sendAfterTakingBack(next);
      case "object_closed":
        this.clear();
        hand?.forget();
        board.notice("info", lossOf(conflict).message);
        return this.supply.goOn();
      case "job_stopped":
        this.clear();
        this.place.end("stopped", sentenceFor(error));
        return undefined;
      case "lease_expired":
        this.clear();
        this.place.lose(conflict);
    }
  }

  private async sendAfterTakingBack(next: Slot | null): Promise<void> {
    let back = false;
    try {
      back = this.place.hand?.takenBack !== true && (await this.place.takeBack());
    } catch (error) {
      if (conflictOf(error) !== "not_leased") {
        return this.notSent(error, next);
      }
    }
    if (!back) {
      this.clear();
      this.place.lose("not_leased");
      return;
    }
    this.place.board.phase({ name: "working" });
    await this.send();
  }

  /** Give the form back to the worker with the reason. */
  private refuse(message: string, retrying = false): void {
    const { board } = this.place;
    board.phase({ name: "working" });
    board.post({ type: "submit-result", ok: false, message });
    board.notice("error", message, ...(retrying ? (["send-again"] as const) : []));
  }
}

import { conflictOf, isTemporary, sentenceFor } from "../api/errors";
import type { DeadlineEvent } from "./deadline";
import type { Supply } from "./supply";
import { SENTENCES, timeLeft } from "./task-messages";
import type { TaskInHand } from "./task-in-hand";
import type { Workplace } from "./workplace";

const SLOW_FRAME_SECONDS = 20;
const PREFETCH_AFTER_SECONDS = 5;

/** What time brings: warnings, the end of the time limit, drafts that are due, frames that do not open. */
export class ClockWatch {
  private frame = "";
  private frameSince = 0;
  private readonly ticking: ReturnType<typeof setInterval>;

  constructor(
    private readonly place: Workplace,
    private readonly supply: Supply,
  ) {
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  dispose(): void {
    clearInterval(this.ticking);
  }

  private tick(): void {
    const { board, hand, ports } = this.place;
    if (hand === null || !board.is("working", "submitting", "leaving")) {
      return;
    }
    const remaining = hand.deadline.remaining(ports.now());
    board.change({ remaining });
    if (remaining === 0 && board.is("working")) {
      this.place.lose("time_is_up");
      return;
    }
    this.warn(hand.deadline.check(ports.now()), remaining, hand);
    if (hand.saveDue && board.is("working")) {
      void this.save(hand);
    }
    this.watchFrame();
  }

  private warn(event: DeadlineEvent | null, remaining: number, hand: TaskInHand): void {
    const { board } = this.place;
    if (event === "tenth" || event === "minute") {
      board.change({ hurry: true });
      board.announce(timeLeft(remaining), event === "minute");
    }
    if ((event === "minute" || event === "last-save") && board.is("working")) {
      void this.save(hand);
    }
  }

  private async save(hand: TaskInHand): Promise<void> {
    try {
      await hand.save();
    } catch (error) {
      if (this.place.hand === hand && this.place.board.is("working")) {
        await this.notSaved(hand, error);
      }
    }
  }

  private async notSaved(hand: TaskInHand, error: unknown): Promise<void> {
    const conflict = conflictOf(error);
    if (conflict === "job_stopped") {
      this.place.end("stopped", sentenceFor(error));
    } else if (conflict === "not_leased" && !hand.takenBack && (await this.place.takeBack().catch(() => false))) {
      return;
    } else if (conflict !== null) {
      this.place.lose(conflict);
    } else if (!isTemporary(error)) {
      this.place.board.notice("warning", `${SENTENCES.draftRefused} ${sentenceFor(error)}`);
    }
  }

  private watchFrame(): void {
    const { board, ports } = this.place;
    const { current, notice } = board.state;
    if (current === null) {
      return;
    }
    if (current.key !== this.frame) {
      this.frame = current.key;
      this.frameSince = ports.now();
    }
    const seconds = ports.now() - this.frameSince;
    if (!current.ready && seconds >= SLOW_FRAME_SECONDS && notice === null) {
      board.notice("warning", SENTENCES.slow, "reload", "report");
    }
    if (!current.ready && seconds >= PREFETCH_AFTER_SECONDS) {
      this.supply.prefetch();
    }
  }
}

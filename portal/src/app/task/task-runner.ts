import { sentenceFor } from "../api/errors";
import type { Answer, FromFrame } from "../frame-protocol";
import { ClockWatch } from "./clock-watch";
import { Departure } from "./departure";
import { Outbox } from "./outbox";
import { ResourceRenewal } from "./resource-renewal";
import { Supply } from "./supply";
import { draftFor } from "./task-in-hand";
import { SENTENCES } from "./task-messages";
import type { Slot, TaskState } from "./task-state";
import { type RunnerPorts, Workplace } from "./workplace";

/** The logic of the task page, without a page: takes tasks, hands in answers, watches the clock, keeps drafts. */
export class TaskRunner {
  private readonly place: Workplace;
  private readonly supply: Supply;
  private readonly outbox: Outbox;
  private readonly departure: Departure;
  private readonly clock: ClockWatch;
  private readonly renewals = new Map<string, ResourceRenewal>();

  constructor(ports: RunnerPorts) {
    this.place = new Workplace(ports);
    this.supply = new Supply(this.place);
    this.outbox = new Outbox(this.place, this.supply);
    this.departure = new Departure(this.place, this.supply, this.outbox);
    this.clock = new ClockWatch(this.place, this.supply);
  }

  get state(): TaskState {
    return this.place.board.state;
  }

  /** The answer in hand as it stands, for a download. */
  get answerCopy(): Answer | null {
    return this.place.answerCopy;
  }

  /** Whether closing the page now would lose an answer the worker has submitted. */
  get unsent(): boolean {
    return this.outbox.holds;
  }

  start(entry: number | null): Promise<void> {
    return this.supply.start(entry);
  }

  dispose(): void {
    this.place.closed = true;
    this.clock.dispose();
    this.supply.dispose();
    this.outbox.clear();
  }

  /** A message of a frame whose window and nonce have been checked. */
  fromFrame(key: string, message: FromFrame): void {
    const { board } = this.place;
    const slot = board.slot(key);
    if (slot === null || this.place.closed) {
      return;
    }
    if (message.type === "hello") {
      this.greet(slot);
    } else if (message.type === "ready") {
      board.update(key, { ready: true });
      this.supply.prefetch();
    } else if (message.type === "failed-resource") {
      void this.renew(slot, message.url);
    } else if (key === board.state.current?.key) {
      if (message.type === "instructions-read") {
        this.place.ports.local.rememberInstructions();
      }
      this.fromCurrentFrame(message);
    }
  }

  setVisible(visible: boolean): void {
    this.place.visible = visible;
    this.place.hand?.setVisible(visible);
  }

  activity(): void {
    this.place.hand?.activity();
    this.place.ports.onActivity();
  }

  sendAgain(): Promise<void> {
    return this.outbox.send();
  }

  skip(): Promise<void> {
    return this.departure.skip();
  }

  decline(reason?: string): Promise<void> {
    return this.departure.decline(reason);
  }

  report(reason?: string): Promise<void> {
    return this.departure.report(reason);
  }

  stop(): Promise<void> {
    return this.departure.stop();
  }

  leave(): void {
    this.departure.leave();
  }

  dismiss(): void {
    this.place.board.change({ notice: null });
  }

  /** Go on after a lost task, or ask at once instead of waiting. */
  async nextTask(): Promise<void> {
    if (this.place.board.is("lost", "waiting", "failed")) {
      this.place.board.change({ notice: null });
      await this.supply.goOn();
    }
  }

  /** Load the page of the current task again, in a new frame. */
  async reload(): Promise<void> {
    const { board } = this.place;
    try {
      if (board.is("working") && (await this.place.takeBack()) && this.place.hand !== null) {
        board.change({ notice: null, current: board.open(this.place.hand.task) });
      }
    } catch (error) {
      board.notice("error", sentenceFor(error), "reload", "report");
    }
  }

  private fromCurrentFrame(message: FromFrame): void {
    const { board, hand } = this.place;
    if (hand === null || !board.is("working", "leaving", "lost")) {
      return;
    }
    if (message.type === "submit") {
      this.activity();
      void this.outbox.submit(message.answer);
    } else if (message.type === "draft") {
      hand.remember(message.answer);
      this.outbox.changed(message.answer);
      this.departure.draftArrived();
    } else if (message.type === "activity") {
      this.activity();
    }
  }

  private greet(slot: Slot): void {
    const { board, hand, ports } = this.place;
    const current = slot.key === board.state.current?.key;
    const draft = current && hand !== null ? hand.draft : draftFor(slot.task, ports.local);
    // A task that loads out of sight is the second one at the earliest.
    const firstTask = current && !ports.local.instructionsRead;
    board.postTo(slot.key, { type: "start", ...(draft && { draft }), ...(firstTask && { firstTask }) });
  }

  private async renew(slot: Slot, url: string): Promise<void> {
    const { board, ports } = this.place;
    const task = (): Slot["task"] => board.slot(slot.key)?.task ?? slot.task;
    const renewal = this.renewals.get(slot.key) ?? new ResourceRenewal(() => ports.tasks.renew(task()));
    this.renewals.set(slot.key, renewal);
    const result = await renewal.failed(url);
    if (result.kind === "renewed") {
      board.postTo(slot.key, { type: "urls", urls: result.urls });
    } else if (result.kind === "broken") {
      board.update(slot.key, { broken: true });
      if (slot.key === board.state.current?.key) {
        board.notice("warning", SENTENCES.broken, "report");
      }
    }
  }
}

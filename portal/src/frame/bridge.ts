import type { CrowdForm } from "../elements/crowd-form/crowd-form";
import type { Answer } from "../elements/internal/answer";
import { isTyping } from "../elements/internal/control";
import { deliverTo } from "../elements/internal/delivery";
import { isDialogOpen } from "../elements/internal/dialog";
import { connectedElements } from "../elements/internal/element";
import { type FailedResource, onFailedResource } from "../elements/internal/failed-resource";
import { openFirstReading } from "../elements/internal/first-reading";
import { restoreAnswer } from "../elements/internal/form-walk";
import { lowerCurtain } from "./curtain";
import { type FromPortal, readPortalMessage, type Start, type ToPortal } from "./messages";
import { Renewal } from "./renewal";

const DRAFT_DELAY_MS = 2000;
const LONGEST_DRAFT_DELAY_MS = 10_000;
const ACTIVITY_PAUSE_MS = 1000;

/** The frame's side of the conversation with the portal. */
export class Bridge {
  private nonce: string | null = null;
  private readonly waiting: ToPortal[] = [];
  private readonly renewal = new Renewal();
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest change was made that no draft has told of; null when there is none. */
  private changedAt: number | null = null;
  private lastActivity = -Infinity;
  private settle: { resolve(): void; reject(reason: Error): void } | null = null;
  private lift: () => void = () => undefined;

  /** `elementsReady` resolves when every crowd element is rendered. */
  constructor(
    private readonly portal: Window,
    private readonly elementsReady: Promise<void>,
  ) {}

  /** Say hello and listen. */
  connect(): void {
    this.lift = lowerCurtain();
    window.addEventListener("message", (event) => this.receive(event));
    window.addEventListener("keydown", (event) => this.forwardKey(event));
    for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"]) {
      window.addEventListener(type, () => this.noteActivity(), { capture: true, passive: true });
    }
    for (const type of ["input", "change"]) {
      window.addEventListener(type, () => this.draftSoon());
    }
    onFailedResource((failed) => this.onFailure(failed));
    this.portal.postMessage({ groundwork: 1, nonce: "", type: "hello" }, "*");
  }

  private receive(event: MessageEvent): void {
    if (event.source !== this.portal) {
      return;
    }
    const message = readPortalMessage(event.data, this.nonce);
    if (message) {
      this.obey(message);
    }
  }

  private obey(message: FromPortal): void {
    switch (message.type) {
      case "start":
        void this.start(message);
        break;
      case "collect":
        this.sendDraft();
        break;
      case "submit-result":
        this.onResult(message.ok, message.message);
        break;
      case "urls":
        this.renewal.renew(message.urls);
        break;
    }
  }

  private async start(message: Start): Promise<void> {
    this.nonce = message.nonce;
    deliverTo(message.preview ? null : (answer) => this.submit(answer));
    for (const early of this.waiting.splice(0)) {
      this.send(early);
    }
    await this.elementsReady;
    if (message.draft) {
      restoreAnswer(document.documentElement, message.draft);
    }
    clearTimeout(this.draftTimer);
    this.lift();
    if (message.firstTask) {
      await openFirstReading(() => this.send({ type: "instructions-read" }));
    }
    this.send({ type: "ready" });
  }

  /** What is said before the portal gave the nonce waits for it. */
  private send(message: ToPortal): void {
    if (this.nonce === null) {
      this.waiting.push(message);
    } else {
      this.portal.postMessage({ groundwork: 1, nonce: this.nonce, ...message }, "*");
    }
  }

  private submit(answer: Answer): Promise<void> {
    clearTimeout(this.draftTimer);
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.send({ type: "submit", answer });
    });
  }

  private onResult(ok: boolean, message = "The answer could not be sent. Please try again."): void {
    if (ok) {
      this.settle?.resolve();
    } else {
      this.settle?.reject(new Error(message));
    }
    this.settle = null;
  }

  private onFailure(failed: FailedResource): void {
    this.renewal.remember(failed);
    this.send({ type: "failed-resource", url: failed.url });
  }

  /** A draft goes out when the worker pauses; who types without a pause does not lose it all with the page either. */
  private draftSoon(): void {
    clearTimeout(this.draftTimer);
    const now = performance.now();
    this.changedAt ??= now;
    const most = this.changedAt + LONGEST_DRAFT_DELAY_MS - now;
    this.draftTimer = setTimeout(() => this.sendDraft(), Math.max(0, Math.min(DRAFT_DELAY_MS, most)));
  }

  private sendDraft(): void {
    clearTimeout(this.draftTimer);
    this.changedAt = null;
    if (this.nonce !== null && this.settle === null) {
      this.send({ type: "draft", answer: answerOfPage() });
    }
  }

  private noteActivity(): void {
    const now = performance.now();
    if (this.nonce !== null && now - this.lastActivity >= ACTIVITY_PAUSE_MS) {
      this.lastActivity = now;
      this.send({ type: "activity" });
    }
  }

  /**
   * Only keys with Ctrl, Alt or Meta, and an Escape or `?` that nothing here uses, can be shortcuts of the portal.
   */
  private forwardKey(event: KeyboardEvent): void {
    const held = event.ctrlKey || event.altKey || event.metaKey;
    const free = !isDialogOpen() && !document.querySelector("dialog[open], :popover-open");
    const plain = event.key === "Escape" || (event.key === "?" && !isTyping(event.composedPath()[0]));
    if (event.defaultPrevented || event.isComposing || !(held || (plain && free))) {
      return;
    }
    const ctrl = event.ctrlKey || event.metaKey;
    this.send({ type: "key", key: event.key, ctrl, shift: event.shiftKey, alt: event.altKey });
  }
}

/** The answers of all forms of the page together; there is hardly ever more than one. */
function answerOfPage(): Answer {
  const forms = [...connectedElements()].filter((element): element is CrowdForm => element.localName === "crowd-form");
  return Object.assign({}, ...forms.map((form) => form.collect())) as Answer;
}

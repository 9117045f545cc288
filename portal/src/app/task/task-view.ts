import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { PortalApi } from "../api/portal-api";
import type { FromFrame, Keystroke } from "../frame-protocol";
import { jobsAddress } from "../page/route";
import { sharedStyles } from "../page/shared-styles";
import type { Session } from "../session/session";
import "./decline-dialog";
import type { DeclineChoice, DeclineDialog } from "./decline-dialog";
import { downloadAnswer } from "./download";
import { FrameChannel } from "./frame-channel";
import { LocalWork } from "./local-work";
import "./notice-bar";
import "./phase-panel";
import type { PanelChoice } from "./phase-panel";
import { type Command, commandOf, isTyping, keystrokeOf } from "./shortcuts";
import "./shortcuts-dialog";
import type { ShortcutsDialog } from "./shortcuts-dialog";
import "./task-frames";
import "./task-header";
import { TaskRunner } from "./task-runner";
import { INITIAL_STATE, type NoticeAction, type TaskState } from "./task-state";
import { taskViewStyles } from "./task-view-styles";

const PANEL_PHASES = ["lost", "waiting", "done", "stopped", "failed"];

/** The page of one job on which its tasks are worked on, one after the other. */
export class TaskView extends LitElement {
  static override styles = [sharedStyles, taskViewStyles];
  static override properties = {
    api: { attribute: false },
    session: { attribute: false },
    job: {},
    entry: { attribute: false },
    workerId: {},
    state: { state: true },
    heading: { state: true },
  };

  declare api: PortalApi;
  declare session: Session;
  declare job: string;
  /** The held task to resume; null for the next one. */
  declare entry: number | null;
  declare workerId: string;
  declare state: TaskState;
  declare heading: string;
  private runner!: TaskRunner;
  private readonly channel = new FrameChannel((key, message) => this.receive(key, message));

  constructor() {
    super();
    this.state = INITIAL_STATE;
    this.heading = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("message", this.channel.onMessage);
    addEventListener("keydown", this.onKeyDown);
    addEventListener("pointerdown", this.onActivity);
    addEventListener("beforeunload", this.onBeforeUnload);
    document.addEventListener("visibilitychange", this.onVisibility);
    this.heading = this.job;
    void this.nameTheJob();
    this.runner = new TaskRunner({
      tasks: this.api.job(this.job),
      local: new LocalWork(localStorage, this.workerId, this.job),
      frames: this.channel,
      now: () => this.session.now(),
      onChange: (state) => (this.state = state),
      onActivity: () => this.session.activity(),
    });
    this.onVisibility();
    void this.runner.start(this.entry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("message", this.channel.onMessage);
    removeEventListener("keydown", this.onKeyDown);
    removeEventListener("pointerdown", this.onActivity);
    removeEventListener("beforeunload", this.onBeforeUnload);
    document.removeEventListener("visibilitychange", this.onVisibility);
    const { runner } = this;
    void runner.stop().finally(() => runner.dispose());
  }

  override render(): TemplateResult {
    const { phase, remaining, hurry, notice, submitted, announcement, current, next } = this.state;
    const panel = phase.name === "loading" || PANEL_PHASES.includes(phase.name);
    return html`
      <portal-task-header
        .heading=${this.heading}
        .remaining=${remaining}
        .hurry=${hurry}
        .submitted=${submitted}
        .locked=${phase.name !== "working"}
        @command=${(event: CustomEvent<Command>) => this.obey(event.detail)}
      ></portal-task-header>
      <portal-notice-bar
        .notice=${notice}
        @choice=${(event: CustomEvent<NoticeAction | "dismiss">) => this.answerNotice(event.detail)}
      ></portal-notice-bar>
      <main class="stage" aria-label="Task" aria-busy=${["loading", "submitting", "leaving"].includes(phase.name)}>
        <portal-task-frames
          .channel=${this.channel}
          .current=${current}
          .next=${next}
          .heading=${this.heading}
          .working=${phase.name === "working"}
        ></portal-task-frames>
        ${panel
          ? html`<portal-phase-panel
              .phase=${phase}
              .hasCopy=${this.runner?.answerCopy !== null}
              @choice=${(event: CustomEvent<PanelChoice>) => this.answerPanel(event.detail)}
            ></portal-phase-panel>`
          : nothing}
      </main>
      <div class="hidden-text" role="status">${announcement?.urgent === false ? spoken(announcement) : nothing}</div>
      <div class="hidden-text" role="alert">${announcement?.urgent === true ? spoken(announcement) : nothing}</div>
      <portal-shortcuts-dialog></portal-shortcuts-dialog>
      <portal-decline-dialog
        @choice=${(event: CustomEvent<DeclineChoice>) => this.giveUp(event.detail)}
      ></portal-decline-dialog>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get("state");
    if (before === undefined) {
      return;
    }
    const { phase } = this.state;
    if (phase.name === "left") {
      location.hash = jobsAddress();
    } else if (PANEL_PHASES.includes(phase.name) && before.phase.name !== phase.name) {
      this.renderRoot.querySelector<HTMLElement>("portal-phase-panel")?.focus();
    }
  }

  private receive(key: string, message: FromFrame): void {
    if (message.type !== "key") {
      this.runner.fromFrame(key, message);
    } else if (key === this.state.current?.key) {
      this.press(message);
    }
  }

  private press(stroke: Keystroke): boolean {
    const command = this.dialogIsOpen ? null : commandOf(stroke);
    if (command !== null) {
      this.obey(command);
    }
    return command !== null;
  }

  private obey(command: Command): void {
    if (command === "help") {
      this.renderRoot.querySelector<ShortcutsDialog>("portal-shortcuts-dialog")?.open();
    } else if (this.state.phase.name !== "working") {
      return;
    } else if (command === "skip") {
      void this.runner.skip();
    } else if (command === "stop") {
      void this.runner.stop();
    } else {
      void this.renderRoot.querySelector<DeclineDialog>("portal-decline-dialog")?.open(command);
    }
  }

  private giveUp({ kind, reason }: DeclineChoice): void {
    void (kind === "report" ? this.runner.report(reason) : this.runner.decline(reason));
  }

  private answerNotice(action: NoticeAction | "dismiss"): void {
    switch (action) {
      case "send-again":
        return void this.runner.sendAgain();
      case "leave-anyway":
        return this.runner.leave();
      case "report":
        return this.obey("report");
      case "reload":
        return void this.runner.reload();
      case "dismiss":
        return this.runner.dismiss();
    }
  }

  private answerPanel(choice: PanelChoice): void {
    if (choice === "list") {
      this.runner.leave();
    } else if (choice === "download") {
      downloadAnswer(this.job, this.state.current?.task.entry ?? 0, this.runner.answerCopy ?? {});
    } else {
      void this.runner.nextTask();
    }
  }

  private async nameTheJob(): Promise<void> {
    const list = await this.api.jobs().catch(() => null);
    this.heading = list?.jobs.find((job) => job.name === this.job)?.title || this.job;
    document.title = `${this.heading} · Worker portal`;
  }

  private get dialogIsOpen(): boolean {
    const dialogs = this.renderRoot.querySelectorAll<LitElement>("portal-shortcuts-dialog, portal-decline-dialog");
    return [...dialogs].some((host) => host.renderRoot.querySelector("dialog[open]") !== null);
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    this.onActivity();
    const stroke = keystrokeOf(event);
    if (!(isTyping(event) && !stroke.alt) && this.press(stroke)) {
      event.preventDefault();
    }
  };

  private readonly onActivity = (): void => this.runner.activity();

  private readonly onVisibility = (): void => this.runner.setVisible(document.visibilityState === "visible");

  private readonly onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.runner.unsent) {
      event.preventDefault();
    }
  };
}

/** A new node each time: screen readers read the same words again only then. */
function spoken(announcement: NonNullable<TaskState["announcement"]>): unknown {
  return keyed(announcement, html`<span>${announcement.text}</span>`);
}

customElements.define("portal-task-view", TaskView);

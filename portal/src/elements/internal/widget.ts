import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Contribution } from "./answer";
import { closestAcrossShadow, type CrowdControl, isTyping } from "./control";
import { isDialogOpen, openDialog } from "./dialog";
import { CrowdElement } from "./element";
import { iconTemplate } from "./icons";
import { instructionsDialog, instructionsPane, Regions } from "./regions";
import type { Json } from "./relaxed-json";

const inDocument = new Set<Widget>();

/** The frame of annotation widgets: question, instructions pane, work area, label pane, shortcuts. */
export abstract class Widget extends CrowdElement implements CrowdControl {
  @property() name = "";
  /** The question. */
  @property() header = "";

  /** Why the answer was refused, for the label pane. */
  @state() protected complaint = "";
  @query("#full-instructions") private instructions!: HTMLDialogElement | null;
  @query("#shortcuts") private shortcuts!: HTMLDialogElement | null;

  protected readonly regions = new Regions(this);
  private readonly onKey = (event: KeyboardEvent): void => this.receiveKey(event);

  /** The answer object as it stands, a copy of its own each time; null before any. */
  abstract get _submittableValue(): Record<string, Json> | null;
  abstract restore(saved: Json | undefined): void;
  abstract reset(): void;
  abstract problem(): string | null;

  override connectedCallback(): void {
    super.connectedCallback();
    inDocument.add(this);
    document.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    inDocument.delete(this);
    document.removeEventListener("keydown", this.onKey);
  }

  contribution(): Contribution | null {
    return { kind: "value", value: this._submittableValue ?? {} };
  }

  showProblem(message: string): void {
    this.complaint = message;
    this.focusForProblem();
  }

  /** What the worker works on. */
  protected abstract work(): unknown;

  /** The label pane's content. */
  protected abstract pane(): unknown;

  /** The dialog with the keys; its id is `shortcuts`. */
  protected abstract shortcutsDialog(): unknown;

  /** Put the focus where the problem can be solved. */
  protected abstract focusForProblem(): void;

  /** Take a key; true when it was one of the widget's. */
  protected abstract takeKey(event: KeyboardEvent): boolean;

  /** Dialogs of its own. */
  protected dialogs(): unknown {
    return nothing;
  }

  /** Open the full instructions before the worker's first task; false when there are none. */
  openInstructions(onRead: () => void): Promise<boolean> {
    return this.regions.firstReading.open(onRead);
  }

  /** Submit the form around, as its button does. */
  protected submitForm(): void {
    (closestAcrossShadow(this, "crowd-form") as (Element & { submit?(): void }) | null)?.submit?.();
  }

  protected override content(): unknown {
    return html`<div class="app">
        ${this.regions.any ? instructionsPane(this.regions, () => this.instructions) : nothing}
        <div class="annotation-area">
          <div class="headerContainer">
            <h1 id="question">${this.header}</h1>
            <div class="headerButtonsContainer">
              ${this.regions.get("full-instructions") ? this.headerButton("Instructions", () => this.instructions) : nothing}
              ${this.headerButton("Shortcuts", () => this.shortcuts)}
            </div>
          </div>
          <div class="desk">
            <div class="work">${this.work()}</div>
            <div class="label-pane-content">${this.pane()}</div>
          </div>
          <slot></slot>
        </div>
      </div>
      ${instructionsDialog(this.regions)} ${this.shortcutsDialog()} ${this.dialogs()}`;
  }

  private headerButton(text: string, dialog: () => HTMLDialogElement | null): TemplateResult {
    return html`<button type="button" class="quiet" aria-haspopup="dialog" @click=${() => openDialog(dialog())}>
      ${iconTemplate(text === "Shortcuts" ? "help-outline" : "description")}${text}
    </button>`;
  }

  private receiveKey(event: KeyboardEvent): void {
    const free = !event.defaultPrevented && !event.isComposing && !isTyping(event.composedPath()[0]) && !isDialogOpen();
    if (free && this.isMyTurn() && this.takeKey(event)) {
      event.preventDefault();
    }
  }

  /** With several widgets on a page, the keys belong to the one with the focus, else to the first. */
  private isMyTurn(): boolean {
    const ordered = [...inDocument].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    return (ordered.find((each) => each.matches(":focus-within")) ?? ordered[0]) === this;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Contribution } from "./answer";
import { closestAcrossShadow, type CrowdControl, isTyping } from "./control";
import { keysOf, type Shortcut, shortcutsDialog } from "./classifier-keys";
import { isDialogOpen, openDialog } from "./dialog";
import { announceChange, CrowdElement } from "./element";
import { iconTemplate } from "./icons";
import { instructionsDialog, instructionsPane, Regions } from "./regions";
import type { Json } from "./relaxed-json";

const inDocument = new Set<Classifier>();

/**
 * The frame of widgets that ask for one category: question, instructions pane, work area, category list, shortcuts.
 *
 * Digits choose, arrow keys walk the list, Enter in the list (or with nothing focused) and Ctrl+Enter anywhere submit.
 */
export abstract class Classifier extends CrowdElement implements CrowdControl {
  static override readonly jsonAttributes: Readonly<Record<string, string>> = { categories: "categories" };

  @property() name = "";
  /** The question. */
  @property() header = "";

  @state() private complaint = "";
  @query("#full-instructions") private instructions!: HTMLDialogElement | null;
  @query("#shortcuts") private shortcuts!: HTMLDialogElement | null;

  protected readonly regions = new Regions(this);
  private choices: readonly string[] = [];
  private chosen = "";
  private readonly onKey = (event: KeyboardEvent): void => this.takeKey(event);

  /** The categories; a new list re-renders, and a choice that is gone from it is dropped. */
  @property({ attribute: false })
  get categories(): readonly string[] {
    return this.choices;
  }

  set categories(categories: readonly string[] | null | undefined) {
    this.choices = Array.isArray(categories) ? categories.map(String) : [];
    if (!this.choices.includes(this.chosen)) {
      this.chosen = "";
    }
    this.requestUpdate();
  }

  /** The chosen category; empty before any choice. */
  get value(): string {
    return this.chosen;
  }

  set value(category: string) {
    this.chosen = this.choices.includes(category) ? category : "";
    this.complaint = "";
    this.requestUpdate();
  }

  /** The answer object as it stands, a copy of its own each time; null before any choice. */
  get _submittableValue(): Record<string, Json> | null {
    return this.chosen === "" ? null : { label: this.chosen };
  }

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

  restore(saved: Json | undefined): void {
    const label = (saved as { label?: Json } | null | undefined)?.label;
    if (typeof label === "string" && label !== this.chosen) {
      this.value = label;
      announceChange(this);
    }
  }

  reset(): void {
    this.value = "";
  }

  problem(): string | null {
    return this.chosen === "" ? "Please choose a category." : null;
  }

  showProblem(message: string): void {
    this.complaint = message;
    this.renderRoot.querySelector<HTMLElement>(".category-picker-wrapper input")?.focus();
  }

  /** The thing to classify. */
  protected abstract work(): unknown;

  /** What stands below the category list. */
  protected belowCategories(): unknown {
    return nothing;
  }

  /** Dialogs of its own. */
  protected dialogs(): unknown {
    return nothing;
  }

  /** Keys of its own, for the Shortcuts dialog. */
  protected ownShortcuts(): readonly Shortcut[] {
    return [];
  }

  /** Take a key of its own; true when it was one. */
  protected takeOwnKey(_event: KeyboardEvent): boolean {
    return false;
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
            <div class="label-pane-content">${this.categoryList()} ${this.belowCategories()}</div>
          </div>
          <slot></slot>
        </div>
      </div>
      ${instructionsDialog(this.regions)} ${shortcutsDialog(this.choices, this.ownShortcuts())} ${this.dialogs()}`;
  }

  private headerButton(text: string, dialog: () => HTMLDialogElement | null): TemplateResult {
    return html`<button type="button" class="quiet" aria-haspopup="dialog" @click=${() => openDialog(dialog())}>
      ${iconTemplate(text === "Shortcuts" ? "help-outline" : "description")}${text}
    </button>`;
  }

  private categoryList(): TemplateResult {
    const keys = keysOf(this.choices);
    return html`<div class="category-picker-wrapper" role="radiogroup" aria-label=${this.header || "Category"}>
      <p class="list-title" aria-hidden="true">Select a category</p>
      ${this.choices.map((category, index) => this.choice(category, keys[index]))}
      <div class="complaint" role="alert">${this.complaint}</div>
    </div>`;
  }

  private choice(category: string, digit: string | undefined): TemplateResult {
    return html`<label class="label-button ${category === this.chosen ? "selected" : ""}">
      <input
        type="radio"
        name="category"
        .value=${category}
        .checked=${live(category === this.chosen)}
        aria-keyshortcuts=${digit ?? nothing}
        @change=${() => this.choose(category)}
      />
      <span class="label-text">${category}</span>
      ${digit ? html`<kbd aria-hidden="true">${digit}</kbd>` : nothing}
    </label>`;
  }

  private choose(category: string): void {
    this.value = category;
    announceChange(this);
  }

  /** A key that is held down across two tasks must not answer the second, so repeats choose and submit nothing. */
  private takeKey(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    if (event.defaultPrevented || modified || event.isComposing || isTyping(target) || isDialogOpen() || !this.isMyTurn()) {
      return;
    }
    const category = this.choices[keysOf(this.choices).indexOf(event.key)];
    const enter = event.key === "Enter" && !event.shiftKey && this.isIdleTarget(target);
    if (event.repeat && (category !== undefined || enter)) {
      return;
    }
    if (category !== undefined) {
      this.choose(category);
      this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    } else if (enter) {
      (closestAcrossShadow(this, "crowd-form") as (Element & { submit?(): void }) | null)?.submit?.();
    } else if (!this.takeOwnKey(event)) {
      return;
    }
    event.preventDefault();
  }

  /** With several widgets on a page, the keys belong to the one with the focus, else to the first. */
  private isMyTurn(): boolean {
    const ordered = [...inDocument].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    return (ordered.find((each) => each.matches(":focus-within")) ?? ordered[0]) === this;
  }

  private isIdleTarget(target: EventTarget | undefined): boolean {
    const inList = target instanceof HTMLInputElement && target.type === "radio" && this.renderRoot.contains(target);
    return inList || target === document.body || target === document.documentElement;
  }
}

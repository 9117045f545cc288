import { html } from "lit";
import { property } from "lit/decorators.js";
import { categoryList } from "./category-list";
import { classifierShortcuts, EXCLUSION_KEY, keysOf } from "./classifier-keys";
import { isPage } from "./control";
import { announceChange } from "./element";
import type { Json } from "./relaxed-json";
import { type Shortcut, shortcutsDialog } from "./shortcuts";
import { Widget } from "./widget";
import type { WorkerComment } from "./worker-comment";

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** The choice that stands for none of the categories, as a template gives it. */
export interface ExclusionCategory {
  readonly text: string;
}

/**
 * Widgets that ask for categories out of a list.
 *
 * Digits choose, N chooses the exclusion, arrow keys walk the list, Enter in the list (or with nothing focused) and
 * Ctrl+Enter anywhere submit.
 */
export abstract class CategoryWidget extends Widget {
  static override readonly jsonAttributes: Readonly<Record<string, string>> = {
    categories: "categories",
    "exclusion-category": "exclusionCategory",
    "initial-value": "initialValue",
  };

  /** Whether several categories may be chosen. */
  protected abstract readonly several: boolean;
  /** What the worker may say besides; null where a widget does not ask for it. */
  protected readonly comment: WorkerComment | null = null;

  private offered: readonly string[] = [];
  private exclusionAsGiven: ExclusionCategory | undefined;
  private chosen: readonly string[] = [];
  private excluded = false;
  private given: Json | undefined;
  /** Whether nothing was chosen yet but what the template gave. */
  private untouched = true;

  /** The categories; a new list re-renders, and choices that are gone from it are dropped. */
  @property({ attribute: false })
  get categories(): readonly string[] {
    return this.offered;
  }

  set categories(categories: readonly string[] | null | undefined) {
    this.offered = Array.isArray(categories) ? categories.map(String) : [];
    this.chosen = this.chosen.filter((category) => this.offered.includes(category));
    this.begin();
    this.requestUpdate();
  }

  /** The choice that stands for none of the categories; undefined: there is none. */
  @property({ attribute: false })
  get exclusionCategory(): ExclusionCategory | undefined {
    return this.exclusionAsGiven;
  }

  set exclusionCategory(exclusion: ExclusionCategory | null | undefined) {
    this.exclusionAsGiven = exclusion ?? undefined;
    this.excluded = this.excluded && this.exclusion !== null;
    this.begin();
    this.requestUpdate();
  }

  /** The category, or the list of categories, to begin with; a new value starts over. */
  @property({ attribute: false })
  get initialValue(): Json | undefined {
    return this.given;
  }

  set initialValue(value: Json | undefined) {
    this.given = value ?? undefined;
    this.untouched = true;
    this.begin();
  }

  get _submittableValue(): Record<string, Json> | null {
    const answer = this.answered.length === 0 ? null : { ...this.answerOf(this.answered), ...this.change() };
    return this.comment ? this.comment.addTo(answer) : answer;
  }

  restore(saved: Json | undefined): void {
    this.comment?.restore(saved);
    const texts = this.savedTexts(saved);
    if (texts.length > 0 && texts.join("\n") !== this.answered.join("\n")) {
      this.answered = texts;
      announceChange(this);
    }
  }

  reset(): void {
    this.comment?.reset();
    this.answered = [];
    this.untouched = true;
    this.begin();
  }

  problem(): string | null {
    if (this.answered.length > 0) {
      return null;
    }
    const what = this.several ? "at least one category" : "a category";
    return this.exclusion === null ? `Please choose ${what}.` : `Please choose ${what}, or “${this.exclusion}”.`;
  }

  /** The chosen categories in the order of the list, or the exclusion's text alone; empty before any choice. */
  protected get answered(): readonly string[] {
    return this.excluded && this.exclusion !== null ? [this.exclusion] : this.chosen;
  }

  protected set answered(texts: readonly string[]) {
    const known = this.known(texts);
    this.untouched = false;
    this.chosen = this.several ? known : known.slice(0, 1);
    this.excluded = this.chosen.length === 0 && this.exclusion !== null && texts.includes(this.exclusion);
    this.complaint = "";
    this.requestUpdate();
  }

  /** The answer that says what was chosen; `texts` has at least one. */
  protected abstract answerOf(texts: readonly string[]): Record<string, Json>;

  /** The texts that a saved answer of this widget chose. */
  protected abstract savedTexts(saved: Json | undefined): readonly string[];

  /** Keys of its own, for the Shortcuts dialog. */
  protected ownShortcuts(): readonly Shortcut[] {
    return [];
  }

  /** Take a key of its own; true when it was one. */
  protected takeOwnKey(_event: KeyboardEvent): boolean {
    return false;
  }

  protected override pane(): unknown {
    const list = categoryList({
      categories: this.offered,
      exclusion: this.exclusion,
      chosen: this.chosen,
      excluded: this.excluded,
      several: this.several,
      question: this.header,
      complaint: this.complaint,
      toggle: (category) => this.toggle(category),
      toggleExclusion: () => this.toggleExclusion(),
    });
    return html`${list} ${this.comment?.link()}`;
  }

  protected override dialogs(): unknown {
    return this.comment?.dialog();
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog(
      classifierShortcuts(this.offered, {
        several: this.several,
        exclusion: this.exclusion,
        own: this.ownShortcuts(),
      }),
    );
  }

  protected override focusForProblem(): void {
    this.inputs[0]?.focus();
  }

  /** A key that is held down across two tasks must not answer the second, so repeats choose and submit nothing. */
  protected override takeKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return false;
    }
    if (this.several && this.walk(event)) {
      return true;
    }
    const act = this.actionOf(event);
    if (act === null) {
      return this.takeOwnKey(event);
    }
    if (event.repeat) {
      return false;
    }
    act();
    return true;
  }

  /** Choose what the template gave, unless the worker chose already; the lists may come in any order. */
  private begin(): void {
    if (this.untouched && this.given !== undefined) {
      this.answered = this.givenTexts;
      this.untouched = true;
    }
  }

  private get givenTexts(): readonly string[] {
    const { given } = this;
    const texts = Array.isArray(given) ? given.map(String) : typeof given === "string" ? [given] : this.savedTexts(given);
    return this.several ? texts : texts.slice(0, 1);
  }

  /** What an answer says of a choice that was there at the beginning. */
  private change(): Record<string, Json> {
    const written = (texts: readonly string[]): string =>
      [...this.offered, this.exclusion].filter((each) => each !== null && texts.includes(each)).join("\n");
    return this.given === undefined
      ? {}
      : { initialValueModified: written(this.answered) !== written(this.givenTexts) };
  }

  private known(texts: readonly string[]): readonly string[] {
    return this.offered.filter((category) => texts.includes(category));
  }

  private get exclusion(): string | null {
    const text: unknown = this.exclusionAsGiven?.text;
    return typeof text === "string" && text !== "" ? text : null;
  }

  private get inputs(): HTMLInputElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>(".category-picker-wrapper input:not(:disabled)")];
  }

  private actionOf(event: KeyboardEvent): (() => void) | null {
    const category = this.offered[keysOf(this.offered).indexOf(event.key)];
    if (category !== undefined) {
      return () => this.chooseByKey(() => this.toggle(category));
    }
    if (event.key.toLowerCase() === EXCLUSION_KEY && this.exclusion !== null) {
      return () => this.chooseByKey(() => this.toggleExclusion());
    }
    const target = event.composedPath()[0];
    const idle = this.inputs.includes(target as HTMLInputElement) || isPage(target);
    return event.key === "Enter" && !event.shiftKey && idle ? () => this.submitForm() : null;
  }

  /** Arrow keys in a list of boxes; radio buttons walk by themselves. */
  private walk(event: KeyboardEvent): boolean {
    const { inputs } = this;
    const at = inputs.indexOf(event.composedPath()[0] as HTMLInputElement);
    const step = STEPS[event.key];
    if (at < 0 || step === undefined) {
      return false;
    }
    inputs[(at + step + inputs.length) % inputs.length]?.focus();
    return true;
  }

  private chooseByKey(choose: () => void): void {
    choose();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }

  private toggle(category: string): void {
    if (!this.several) {
      this.choose([category]);
    } else if (!this.excluded) {
      const rest = this.chosen.filter((each) => each !== category);
      this.choose(rest.length < this.chosen.length ? rest : [...rest, category]);
    }
  }

  private toggleExclusion(): void {
    const { exclusion } = this;
    if (exclusion !== null) {
      this.keepFocusInList();
      this.untouched = false;
      this.chosen = [];
      this.excluded = !this.several || !this.excluded;
      this.complaint = "";
      this.requestUpdate();
      announceChange(this);
    }
  }

  private choose(texts: readonly string[]): void {
    this.answered = texts;
    announceChange(this);
  }

  /** A box that is ruled out loses the focus to nowhere, so the exclusion takes it over. */
  private keepFocusInList(): void {
    if (this.several && this.renderRoot.querySelector(".category-picker-wrapper input:focus")) {
      this.inputs.at(-1)?.focus();
    }
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { keysOf, type Shortcut, shortcutsDialog } from "./classifier-keys";
import { announceChange } from "./element";
import type { Json } from "./relaxed-json";
import { Widget } from "./widget";

/**
 * Widgets that ask for one category.
 *
 * Digits choose, arrow keys walk the list, Enter in the list (or with nothing focused) and Ctrl+Enter anywhere submit.
 */
export abstract class Classifier extends Widget {
  static override readonly jsonAttributes: Readonly<Record<string, string>> = { categories: "categories" };

  private choices: readonly string[] = [];
  private chosen = "";

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

  get _submittableValue(): Record<string, Json> | null {
    return this.chosen === "" ? null : { label: this.chosen };
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

  /** What stands below the category list. */
  protected belowCategories(): unknown {
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

  protected override pane(): unknown {
    return html`${this.categoryList()} ${this.belowCategories()}`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog(this.choices, this.ownShortcuts());
  }

  protected override focusForProblem(): void {
    this.renderRoot.querySelector<HTMLElement>(".category-picker-wrapper input")?.focus();
  }

  /** A key that is held down across two tasks must not answer the second, so repeats choose and submit nothing. */
  protected override takeKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return false;
    }
    const category = this.choices[keysOf(this.choices).indexOf(event.key)];
    const enter = event.key === "Enter" && !event.shiftKey && this.isIdleTarget(event.composedPath()[0]);
    if (event.repeat && (category !== undefined || enter)) {
      return false;
    }
    if (category !== undefined) {
      this.choose(category);
      this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    } else if (enter) {
      this.submitForm();
    } else {
      return this.takeOwnKey(event);
    }
    return true;
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

  private isIdleTarget(target: EventTarget | undefined): boolean {
    const inList = target instanceof HTMLInputElement && target.type === "radio" && this.renderRoot.contains(target);
    return inList || target === document.body || target === document.documentElement;
  }
}

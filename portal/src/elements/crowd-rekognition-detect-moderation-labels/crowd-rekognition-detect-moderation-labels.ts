import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { keysOf } from "../internal/classifier-keys";
import { announceChange, define } from "../internal/element";
import "../internal/image-view";
import type { ImageView } from "../internal/image-view";
import { compactJson, type Json } from "../internal/relaxed-json";
import { shortcutsDialog } from "../internal/shortcuts";
import { Widget } from "../internal/widget";
import { styles } from "./crowd-rekognition-detect-moderation-labels.styles";

/** Asks which of the moderation labels that were detected in an image fit it. */
export class CrowdRekognitionDetectModerationLabels extends Widget {
  static override styles = styles;
  static override readonly jsonAttributes = { categories: "categories", "exclusion-category": "exclusionCategory" };

  /** Address of the image. */
  @property() src = "";
  /** Texts, or objects with a `name`; the answer holds the chosen ones as they are. */
  @property({ attribute: false }) categories: Json = [];
  /** `{text}`: a button that stands for none of the categories. */
  @property({ attribute: false }) exclusionCategory: Json = null;

  @state() private chosen: readonly number[] = [];
  @state() private excluded = false;
  @query("groundwork-image") private view!: ImageView | null;

  readonly answerKey = "AWS/Rekognition/DetectModerationLabels/Image/V3";

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> {
    return { ModerationLabels: structuredClone(this.list.filter((_, index) => this.chosen.includes(index))) };
  }

  restore(saved: Json | undefined): void {
    const labels = (saved as { ModerationLabels?: Json } | null | undefined)?.ModerationLabels;
    if (Array.isArray(labels)) {
      const wanted = labels.map(sorted);
      this.choose(this.list.flatMap((each, index) => (wanted.includes(sorted(each)) ? [index] : [])));
    }
  }

  reset(): void {
    this.chosen = [];
    this.excluded = false;
    this.complaint = "";
  }

  problem(): string | null {
    const isOpen = this.exclusion !== "" && !this.excluded && this.chosen.length === 0;
    return isOpen ? `Please choose what fits the image, or “${this.exclusion}”.` : null;
  }

  protected override focusForProblem(): void {
    this.renderRoot.querySelector<HTMLElement>(".category-picker-wrapper input")?.focus();
  }

  protected override work(): unknown {
    return html`<groundwork-image .src=${this.src} .alternative=${"Image to review"}></groundwork-image>`;
  }

  protected override pane(): unknown {
    const keys = keysOf(this.list.map(nameOf));
    return html`<div class="category-picker-wrapper" role="group" aria-label=${this.header || "Labels"}>
        <p class="list-title" aria-hidden="true">Choose all that fit</p>
        ${this.list.map((category, index) => this.choice(category, index, keys[index]))}
        <div class="complaint" role="alert">${this.complaint}</div>
      </div>
      ${this.exclusion
        ? html`<button type="button" class="exclusion" aria-pressed=${String(this.excluded)} @click=${() => this.exclude()}>
            ${this.exclusion}<kbd aria-hidden="true">N</kbd>
          </button>`
        : nothing}`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog([
      [["1", "…", "9", "0"], "Choose or drop a label"],
      ...(this.exclusion ? [[["N"], `Choose or drop “${this.exclusion}”`] as const] : []),
      [["+", "−", "F"], "Zoom in, zoom out, fit the image"],
      [["Ctrl+Enter"], "Submit from anywhere"],
    ]);
  }

  protected override takeKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return false;
    }
    const index = keysOf(this.list.map(nameOf)).indexOf(event.key);
    const isExclusion = event.key.toLowerCase() === "n" && this.exclusion !== "";
    if (index < 0 && !isExclusion) {
      return this.view?.takeKey(event.key) ?? false;
    }
    if (!event.repeat && isExclusion) {
      this.exclude();
    } else if (!event.repeat && !this.excluded) {
      this.toggle(index);
    }
    return true;
  }

  private get list(): readonly Json[] {
    return Array.isArray(this.categories) ? (this.categories as readonly Json[]) : [];
  }

  private get exclusion(): string {
    const text = (this.exclusionCategory as { text?: Json } | null)?.text;
    return typeof text === "string" ? text : "";
  }

  private choice(category: Json, index: number, key: string | undefined): TemplateResult {
    const isChosen = this.chosen.includes(index);
    const parent = (category as { parentName?: Json } | null)?.parentName;
    return html`<label class="label-button ${isChosen ? "selected" : ""} ${this.excluded ? "off" : ""}">
      <input
        type="checkbox"
        .checked=${live(isChosen)}
        ?disabled=${this.excluded}
        aria-keyshortcuts=${key ?? nothing}
        @change=${() => this.toggle(index)}
      />
      <span class="label-text">${nameOf(category)}${typeof parent === "string" && parent ? html`<small>${parent}</small>` : nothing}</span>
      ${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}
    </label>`;
  }

  private toggle(index: number): void {
    this.choose(this.chosen.includes(index) ? this.chosen.filter((each) => each !== index) : [...this.chosen, index]);
  }

  private choose(chosen: readonly number[]): void {
    this.chosen = chosen;
    this.complaint = "";
    announceChange(this);
  }

  private exclude(): void {
    this.excluded = !this.excluded;
    this.choose([]);
  }
}

function nameOf(category: Json): string {
  const name = typeof category === "object" && category !== null ? (category as { name?: Json }).name : category;
  return typeof name === "string" || typeof name === "number" ? String(name) : "";
}

/** A category as text, whatever the order of its keys: saved answers have them sorted. */
function sorted(category: Json): string {
  return typeof category === "object" && category !== null
    ? compactJson(Object.entries(category as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1)))
    : compactJson(category);
}

define("crowd-rekognition-detect-moderation-labels", CrowdRekognitionDetectModerationLabels);

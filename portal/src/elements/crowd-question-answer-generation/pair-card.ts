import { html, nothing, type TemplateResult } from "lit";
import { iconTemplate } from "../internal/icons";
import { type Pair, type Range, type Reference, wordCount } from "./pairs";

/** What the card of one pair shows and does. */
export interface CardParts {
  readonly pair: Pair;
  /** Place of the pair. */
  readonly at: number;
  readonly isCurrent: boolean;
  readonly tags: readonly string[];
  readonly allowCustomTags: boolean;
  readonly questionWords: Range;
  readonly answerWords: Range;
  readonly canRemove: boolean;
  readonly hasPassage: boolean;
  readonly quote: (reference: Reference) => string;
  readonly onChange: (pair: Pair) => void;
  readonly onFocus: () => void;
  readonly onRemove: () => void;
}

/** A question, its answer, tags and references. */
export function pairCard(parts: CardParts): TemplateResult {
  const { at, isCurrent, canRemove, hasPassage, questionWords, answerWords, onFocus, onRemove } = parts;
  return html`<section class="card ${isCurrent ? "current" : ""}" @focusin=${onFocus}>
    <div class="card-bar">
      <h2>Question ${at + 1}</h2>
      ${canRemove
        ? html`<button type="button" class="round" aria-label="Remove question ${at + 1}" @click=${onRemove}>${iconTemplate("delete")}</button>`
        : nothing}
    </div>
    ${field(parts, "question", questionWords)} ${field(parts, "answer", answerWords)} ${tagChooser(parts)}
    ${hasPassage ? references(parts) : nothing}
  </section>`;
}

function field({ pair, at, onChange }: CardParts, name: "question" | "answer", { least, most }: Range): TemplateResult {
  const rule = most === undefined ? (least > 1 ? `at least ${least}` : "") : `${least} to ${most}`;
  const title = name === "question" ? "Question" : "Answer";
  return html`<label class="field">
    <span>${title}<small>${wordCount(pair[name])} words${rule ? `, ${rule}` : ""}</small></span>
    <textarea
      rows="2"
      id="${name}-${at}"
      aria-label="${title} ${at + 1}"
      .value=${pair[name]}
      @input=${(event: Event) => onChange({ ...pair, [name]: (event.target as HTMLTextAreaElement).value })}
    ></textarea>
  </label>`;
}

function tagChooser({ pair, at, tags, allowCustomTags, onChange }: CardParts): unknown {
  const all = [...new Set([...tags, ...pair.tags])];
  if (all.length === 0 && !allowCustomTags) {
    return nothing;
  }
  const toggle = (tag: string): void =>
    onChange({ ...pair, tags: all.filter((each) => (each === tag) !== pair.tags.includes(each)) });
  const add = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    const tag = input.value.trim();
    if (event.key === "Enter" && !event.isComposing && !event.ctrlKey) {
      event.preventDefault();
      if (tag && !pair.tags.includes(tag)) {
        onChange({ ...pair, tags: [...pair.tags, tag] });
      }
      input.value = "";
    }
  };
  return html`<div class="tags" role="group" aria-label="Tags of question ${at + 1}">
    ${all.map(
      (tag) => html`<button type="button" class="chip" aria-pressed=${String(pair.tags.includes(tag))} @click=${() => toggle(tag)}>${tag}</button>`,
    )}
    ${allowCustomTags
      ? html`<input type="text" placeholder="Add a tag, press Enter" aria-label="New tag of question ${at + 1}" @keydown=${add} />`
      : nothing}
  </div>`;
}

function references({ pair, at, quote, onChange }: CardParts): TemplateResult {
  return html`<div class="tags" role="group" aria-label="References of question ${at + 1}">
    ${pair.references.map(
      (reference) =>
        html`<span class="chip reference"
          >${quote(reference)}<button
            type="button"
            aria-label="Remove reference “${quote(reference)}”"
            @click=${() => onChange({ ...pair, references: pair.references.filter((each) => each !== reference) })}
          >
            ×
          </button></span
        >`,
    )}
    ${pair.references.length === 0 ? html`<small>Select text of the passage to add a reference.</small>` : nothing}
  </div>`;
}

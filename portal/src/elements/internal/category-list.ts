import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { EXCLUSION_KEY, keysOf } from "./classifier-keys";

/** What a list of categories shows and whom it tells. */
export interface CategoryList {
  readonly categories: readonly string[];
  /** The choice that stands for none of them; null: there is no such choice. */
  readonly exclusion: string | null;
  readonly chosen: readonly string[];
  readonly excluded: boolean;
  /** Whether several may be chosen. */
  readonly several: boolean;
  /** The question, for screen readers. */
  readonly question: string;
  readonly complaint: string;
  readonly toggle: (category: string) => void;
  readonly toggleExclusion: () => void;
}

/** The categories to choose from and, apart from them, the choice that stands for none. */
export function categoryList(list: CategoryList): TemplateResult {
  const keys = keysOf(list.categories);
  const { exclusion } = list;
  return html`<div
    class="category-picker-wrapper"
    role=${list.several ? "group" : "radiogroup"}
    aria-label=${list.question || "Category"}
  >
    <p class="list-title" aria-hidden="true">${list.several ? "Select all that apply" : "Select a category"}</p>
    ${list.categories.map((category, index) =>
      choice(list, {
        text: category,
        key: keys[index],
        chosen: list.chosen.includes(category),
        // Among radio buttons the next choice replaces the exclusion; boxes have to say that it rules them out.
        disabled: list.several && list.excluded,
        choose: () => list.toggle(category),
      }),
    )}
    ${exclusion === null
      ? nothing
      : html`<div class="exclusion">
          ${choice(list, {
            text: exclusion,
            key: EXCLUSION_KEY.toUpperCase(),
            chosen: list.excluded,
            disabled: false,
            choose: () => list.toggleExclusion(),
          })}
        </div>`}
    <div class="complaint" role="alert">${list.complaint}</div>
  </div>`;
}

interface Choice {
  readonly text: string;
  readonly key: string | undefined;
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly choose: () => void;
}

function choice(list: CategoryList, each: Choice): TemplateResult {
  return html`<label class="label-button ${each.chosen ? "selected" : ""} ${each.disabled ? "ruled-out" : ""}">
    <input
      type=${list.several ? "checkbox" : "radio"}
      name="category"
      .value=${each.text}
      .checked=${live(each.chosen)}
      ?disabled=${each.disabled}
      aria-keyshortcuts=${each.key ?? nothing}
      @change=${each.choose}
    />
    <span class="label-text">${each.text}</span>
    ${each.key ? html`<kbd aria-hidden="true">${each.key}</kbd>` : nothing}
  </label>`;
}

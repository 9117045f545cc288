import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import { keysOf } from "../classifier-keys";
import { paletteColor } from "../palette";

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
/** Colour of what carries a label that is not (or no longer) in the list. */
const UNKNOWN = "#444444";

/** A label as the label pane shows it. */
export interface LabelEntry {
  readonly label: string;
  readonly color: string;
  /** How many things carry it; undefined: not counted. */
  readonly count?: number | undefined;
}

/** The colour of a label: the template's own for its place in the list, else the palette's. */
export function labelColor(label: string, labels: readonly string[], own: readonly string[] = []): string {
  const at = labels.indexOf(label);
  const given = own[at];
  return at < 0 ? UNKNOWN : given !== undefined && HEX.test(given) ? given : paletteColor(at);
}

/** The labels to choose from, with their colours, counts and keys. */
export function labelList(
  entries: readonly LabelEntry[],
  chosen: string,
  choose: (label: string) => void,
): TemplateResult {
  const keys = keysOf(entries.map((each) => each.label));
  return html`<div class="labels" role="group" aria-label="Labels">
    <p class="list-title" aria-hidden="true">Labels</p>
    ${entries.map(
      ({ label, color, count }, index) => html`<button
        type="button"
        class="label-button ${label === chosen ? "selected" : ""}"
        aria-pressed=${String(label === chosen)}
        aria-keyshortcuts=${keys[index] ?? nothing}
        @click=${() => choose(label)}
      >
        <span class="swatch" style=${styleMap({ background: color })}></span>
        <span class="label-text">${label}</span>
        ${count === undefined ? nothing : html`<span class="count">${count}<span class="away"> drawn</span></span>`}
        ${keys[index] ? html`<kbd aria-hidden="true">${keys[index]}</kbd>` : nothing}
      </button>`,
    )}
  </div>`;
}

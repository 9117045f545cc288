import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { iconTemplate } from "../internal/icons";
import type { Entity } from "./entities";
import { type EntityLabel, labelNamed } from "./labels";

/** Longest quote of a span, in UTF-16 units. */
const QUOTE = 80;

/** What the label pane shows and does. */
export interface PaneParts {
  readonly text: string;
  readonly labels: readonly EntityLabel[];
  readonly keys: readonly (string | undefined)[];
  readonly entities: readonly Entity[];
  readonly armed: string;
  readonly hidden: ReadonlySet<string>;
  readonly selected: Entity | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onLabel: (label: string) => void;
  readonly onHide: (label: string) => void;
  readonly onSelect: (entity: Entity) => void;
  readonly onRemove: (entity: Entity) => void;
  readonly onRemoveAll: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

/** The text of a range, shortened. */
export function excerpt(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return end - start > QUOTE ? `${text.slice(start, start + QUOTE).trimEnd()}…` : text.slice(start, end);
}

/** The labels with their counts, and the list of spans. */
export function labelPane(parts: PaneParts): TemplateResult {
  const counts = new Map<string, number>();
  for (const { label } of parts.entities) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return html`<div class="pane-bar">
      <h2 class="list-title">Labels</h2>
      ${tool("Undo", "undo", parts.canUndo, parts.onUndo)} ${tool("Redo", "redo", parts.canRedo, parts.onRedo)}
    </div>
    <div class="labels" role="group" aria-label="Labels">
      ${parts.labels.map((label, index) => labelRow(parts, label, parts.keys[index], counts.get(label.label) ?? 0))}
    </div>
    <div class="pane-bar">
      <h2 class="list-title">Spans (${parts.entities.length})</h2>
      ${parts.entities.length > 0 ? tool("Remove all", "delete-sweep", true, parts.onRemoveAll) : nothing}
    </div>
    ${parts.entities.length > 0
      ? html`<ul class="spans" aria-label="Spans">
          ${repeat(
            parts.entities,
            (entity) => entity,
            (entity, index) => {
              const selected = entity === parts.selected;
              const stop = selected || (index === 0 && parts.selected === null);
              return guard([selected, stop, parts.labels, parts.text], () => spanRow(parts, entity, selected, stop));
            },
          )}
        </ul>`
      : html`<p class="none">Select text and choose a label, or choose a label and drag over text.</p>`}`;
}

function tool(name: string, icon: string, usable: boolean, act: () => void): TemplateResult {
  return html`<button type="button" class="tool" aria-label=${name} title=${name} ?disabled=${!usable} @click=${act}>
    ${iconTemplate(icon)}
  </button>`;
}

function labelRow({ armed, hidden, onLabel, onHide }: PaneParts, label: EntityLabel, key: string | undefined, count: number): TemplateResult {
  const isHidden = hidden.has(label.label);
  return html`<div class="label-row" style="--mark: ${label.color}">
    <button
      type="button"
      class="label-button ${armed === label.label ? "selected" : ""}"
      aria-pressed=${String(armed === label.label)}
      aria-keyshortcuts=${key ?? nothing}
      @click=${() => onLabel(label.label)}
    >
      <i class="swatch"></i><span class="label-text">${label.full}</span><span class="count">${count}<span class="away"> spans</span></span>
      ${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}
    </button>
    <button
      type="button"
      class="tool"
      aria-pressed=${String(isHidden)}
      aria-label="Hide ${label.full}"
      title=${isHidden ? "Show again" : "Hide"}
      @click=${() => onHide(label.label)}
    >
      ${iconTemplate(isHidden ? "visibility-off" : "visibility")}
    </button>
  </div>`;
}

function spanRow({ text, labels, onSelect, onRemove }: PaneParts, entity: Entity, selected: boolean, stop: boolean): TemplateResult {
  const { color, short, full } = labelNamed(labels, entity.label);
  const quote = excerpt(text, entity);
  return html`<li class=${selected ? "chosen" : ""} style="--mark: ${color}">
    <button type="button" class="span-row" tabindex=${stop ? 0 : -1} aria-current=${selected ? "true" : nothing} @click=${() => onSelect(entity)}>
      <span class="quote">${quote}</span><span class="short" title=${full}>${short}</span>
    </button>
    <button type="button" class="tool" tabindex="-1" aria-label="Remove ${full} from “${quote}”" @click=${() => onRemove(entity)}>
      ${iconTemplate("close")}
    </button>
  </li>`;
}

import { html, nothing, type TemplateResult } from "lit";
import type { AnnotatedText } from "../internal/text/annotated-text";
import type { EntityLabel } from "./labels";

/** What the chooser shows and does. */
export interface ChooserParts {
  readonly labels: readonly EntityLabel[];
  readonly keys: readonly (string | undefined)[];
  /** The label of the selected span; null when text is selected. */
  readonly current: string | null;
  readonly quote: string;
  readonly onLabel: (label: string) => void;
  readonly onRemove: () => void;
}

/** The labels to choose from, at the selection. */
export function chooser({ labels, keys, current, quote, onLabel, onRemove }: ChooserParts): TemplateResult {
  return html`<div class="chooser" role="group" aria-label="Label of “${quote}”">
    ${labels.map(
      ({ label, full, color }, index) =>
        html`<button
          type="button"
          class="option"
          aria-pressed=${String(label === current)}
          style="--mark: ${color}"
          @click=${() => onLabel(label)}
        >
          <i class="swatch"></i>${full}${keys[index] ? html`<kbd aria-hidden="true">${keys[index]}</kbd>` : nothing}
        </button>`,
    )}
    ${current === null ? nothing : html`<button type="button" class="option remove" @click=${onRemove}>Remove</button>`}
  </div>`;
}

/** Put the chooser below the selection, or above it where there is no room below. */
export function placeChooser(root: ParentNode, text: AnnotatedText, range: { start: number; end: number } | null): void {
  const box = root.querySelector<HTMLElement>(".chooser");
  const sheet = box?.parentElement;
  const room = sheet?.parentElement;
  if (!box || !sheet || !room || !range) {
    return;
  }
  const [first, last] = [text.rectAt(range.start), text.rectAt(range.end)];
  const [paper, seen, size] = [sheet.getBoundingClientRect(), room.getBoundingClientRect(), box.getBoundingClientRect()];
  const below = last.bottom + 6 + size.height <= seen.bottom || first.top - 6 - size.height < seen.top;
  const top = below ? last.bottom + 6 : first.top - 6 - size.height;
  const left = Math.min(first.left, paper.right - size.width - 12);
  box.style.translate = `${Math.max(left - paper.left, 8)}px ${top - paper.top}px`;
}

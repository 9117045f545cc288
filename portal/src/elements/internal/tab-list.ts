import { html, type TemplateResult } from "lit";

/** A strip of tabs; the arrow keys, Home and End walk through it and choose. */
export function tabList(
  titles: readonly string[],
  chosen: number,
  label: string,
  choose: (index: number) => void,
): TemplateResult {
  const walk = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: (chosen + 1) % titles.length,
      ArrowLeft: (chosen - 1 + titles.length) % titles.length,
      Home: 0,
      End: titles.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      choose(next);
      (event.currentTarget as Element).querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
    }
  };
  return html`<div role="tablist" aria-label=${label} @keydown=${walk}>
    ${titles.map(
      (title, index) =>
        html`<button
          type="button"
          role="tab"
          aria-selected=${String(index === chosen)}
          tabindex=${index === chosen ? 0 : -1}
          @click=${() => choose(index)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}

import icons from "virtual:iron-icons";
import { html, svg, type TemplateResult } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";

/** The drawing of an icon of the iron-icons set by its name, with or without the set's prefix; null when unknown. */
function drawingOf(name: string): string | null {
  const plain = name.trim().replace(/^icons:/, "");
  return Object.hasOwn(icons, plain) ? (icons[plain] ?? null) : null;
}

/** Show an icon: a name of the iron-icons set or the address of an image; nothing for a name nobody knows. */
export function iconTemplate(icon: string): TemplateResult | null {
  if (!icon) {
    return null;
  }
  const drawing = drawingOf(icon);
  if (drawing !== null) {
    const shapes = drawing.startsWith("<") ? unsafeSVG(drawing) : svg`<path d=${drawing}></path>`;
    return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes}</svg>`;
  }
  return /[/.]/.test(icon) ? html`<img class="icon" src=${icon} alt="" />` : null;
}

/** An icon's name as words, to name a button that shows nothing else. */
export function iconWords(icon: string): string {
  return /[/.]/.test(icon) ? "" : icon.replace(/^[\w-]+:/, "").replace(/-/g, " ");
}

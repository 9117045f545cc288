import { atHand, others } from "virtual:iron-icons";
import { html, nothing, svg, type TemplateResult } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import { until } from "lit/directives/until.js";
import { otherDrawings } from "./other-icons";

const unknown = new Set<string>();

/**
 * Show an icon: a name of the iron-icons set, with or without the set's prefix, or the address of an image; nothing, but a
 * warning in the console, for a name nobody knows.
 */
export function iconTemplate(icon: string): TemplateResult | null {
  if (!icon) {
    return null;
  }
  const name = icon.trim().replace(/^icons:/, "");
  const drawing = Object.hasOwn(atHand, name) ? atHand[name] : undefined;
  if (drawing !== undefined) {
    return picture(shapes(drawing));
  }
  if (others.includes(name)) {
    return picture(until(otherDrawings().then((drawings) => shapes(drawings[name] ?? "")), nothing));
  }
  if (/[/.]/.test(icon)) {
    return html`<img class="icon" src=${icon} alt="" />`;
  }
  warnOnce(name);
  return null;
}

/** An icon's name as words, to name a button that shows nothing else. */
export function iconWords(icon: string): string {
  return /[/.]/.test(icon) ? "" : icon.replace(/^[\w-]+:/, "").replace(/-/g, " ");
}

function picture(inside: unknown): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${inside}</svg>`;
}

function shapes(drawing: string): unknown {
  return drawing.startsWith("<") ? unsafeSVG(drawing) : svg`<path d=${drawing}></path>`;
}

function warnOnce(name: string): void {
  if (!unknown.has(name)) {
    unknown.add(name);
    console.warn(`There is no icon named "${name}" in the iron-icons set.`);
  }
}

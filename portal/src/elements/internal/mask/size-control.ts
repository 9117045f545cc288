import { html, type TemplateResult } from "lit";
import type { Size } from "../annotation/geometry";

const STEP = 1.25;
const NOTCHES = 100;

/** The largest brush for an image, in its pixels. */
export function largest({ width, height }: Size): number {
  return Math.max(64, Math.round(Math.min(width, height) / 3));
}

/** One step smaller (-1) or larger (1). */
export function nextSize(size: number, direction: 1 | -1, image: Size | null): number {
  const next = direction === 1 ? Math.max(size + 1, Math.round(size * STEP)) : Math.min(size - 1, Math.round(size / STEP));
  return Math.min(Math.max(next, 1), image ? largest(image) : next);
}

/** A slider for a size from 1 to `most` pixels, finer the smaller; `final` is false while it is moved. */
export function sizeControl(name: string, size: number, most: number, change: (size: number, final: boolean) => void): TemplateResult {
  const take = (final: boolean) => (event: Event) =>
    change(Math.round(most ** (Number((event.target as HTMLInputElement).value) / NOTCHES)), final);
  return html`<div class="display"><label
    ><span>${name}</span
    ><input
      type="range"
      min="0"
      max=${NOTCHES}
      .value=${String((Math.log(size) / Math.log(most)) * NOTCHES)}
      aria-label="${name}, size in pixels"
      aria-valuetext="${size} pixels"
      @input=${take(false)}
      @change=${take(true)}
    /><output>${size} px</output></label
  ></div>`;
}

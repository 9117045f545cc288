import { html, type TemplateResult } from "lit";
import type { Point } from "./geometry";

/** Two lines over a stage that meet where something would be drawn. */
export const crosshair: TemplateResult = html`<div class="cross across" hidden></div>
  <div class="cross down" hidden></div>`;

/** Take the crosshair of a stage to a place on it, or away. */
export function moveCrosshair(stage: HTMLElement | null, at: Point | null): void {
  for (const line of stage?.querySelectorAll<HTMLElement>(".cross") ?? []) {
    line.hidden = at === null;
    if (at) {
      line.style.transform = line.matches(".across") ? `translateY(${at.y}px)` : `translateX(${at.x}px)`;
    }
  }
}

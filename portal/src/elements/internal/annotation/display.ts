import { html, nothing, type TemplateResult } from "lit";

/** How the image and what is drawn on it look; none of it is part of the answer. */
export interface Display {
  /** Of fills, in percent. */
  readonly opacity: number;
  /** Of the image, in percent; 100 is as it is. */
  readonly brightness: number;
  readonly contrast: number;
  /** Whether lines through the pointer are shown; null: there are none. */
  readonly crosshair: boolean | null;
}

/** A display with an image as it is. */
export function plainDisplay(opacity: number, crosshair: boolean | null): Display {
  return { opacity, brightness: 100, contrast: 100, crosshair };
}

/** Custom properties that the looks of a stage are made of. */
export function displayStyle({ opacity, brightness, contrast }: Display): Record<string, string> {
  const adjust = brightness === 100 && contrast === 100 ? "none" : `brightness(${brightness}%) contrast(${contrast}%)`;
  return { "--gw-opacity": String(opacity / 100), "--gw-adjust": adjust };
}

/** The sliders of a display, folded away until wanted. */
export function displayControls(display: Display, plain: Display, change: (next: Display) => void): TemplateResult {
  const slider = (name: string, key: "opacity" | "brightness" | "contrast", most: number): TemplateResult => html`<label
    ><span>${name}</span
    ><input
      type="range"
      min="0"
      max=${most}
      step="5"
      .value=${String(display[key])}
      @input=${(event: Event) => change({ ...display, [key]: Number((event.target as HTMLInputElement).value) })}
    /><output>${display[key]} %</output></label
  >`;
  return html`<details class="display">
    <summary>Display</summary>
    ${slider("Opacity", "opacity", 100)} ${slider("Brightness", "brightness", 300)} ${slider("Contrast", "contrast", 300)}
    ${display.crosshair === null
      ? nothing
      : html`<label
          ><span>Crosshair</span
          ><input
            type="checkbox"
            .checked=${display.crosshair}
            @change=${(event: Event) => change({ ...display, crosshair: (event.target as HTMLInputElement).checked })}
        /></label>`}
    <button type="button" class="quiet" @click=${() => change(plain)}>Reset display</button>
  </details>`;
}

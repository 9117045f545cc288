import { paletteColor } from "../palette";

/** What a value of a mask stands for, and the color that tells it from others in the picture of the mask. */
export interface MaskEntry {
  readonly value: number;
  readonly label: string;
  /** `#rrggbb`, as it goes into the answer. */
  readonly color: string;
}

/** Four bytes of a pixel, in the order of ImageData, as one number. */
export type Pixel = number;

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** Whether a text is a color a mask can have. */
export function isMaskColor(color: unknown): color is string {
  return typeof color === "string" && HEX.test(color);
}

/** The opaque pixel of a color such as `#1f77b4`. */
export function pixelOf(color: string): Pixel {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, "$&$&") : color.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  return new Uint32Array(Uint8Array.of(red ?? 0, green ?? 0, blue ?? 0, 255).buffer)[0] as Pixel;
}

/** The pixel of each value; values without an entry are transparent. */
export function pixelsOf(entries: readonly MaskEntry[]): Uint32Array<ArrayBuffer> {
  const pixels = new Uint32Array(256);
  for (const { value, color } of entries) {
    pixels[value] = pixelOf(color);
  }
  return pixels;
}

/** The value of each pixel of a mask's picture; colors without an entry are unpainted. */
export function valuesOf(picture: Uint32Array, entries: readonly MaskEntry[], values: Uint8Array, at: number): void {
  const known = new Map(entries.map((entry) => [pixelOf(entry.color), entry.value]));
  let last = 0;
  let value = 0;
  for (let i = 0; i < picture.length; i++) {
    const pixel = picture[i] as Pixel;
    if (pixel !== last) {
      last = pixel;
      value = known.get(pixel) ?? 0;
    }
    values[at + i] = value;
  }
}

/** The given colors of labels, and for other labels the palette's of their place, or the next that nothing else has. */
export function labelColors(labels: readonly string[], given: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const colors = new Map(Object.entries(given));
  const taken = new Set(Object.values(given).map((color) => color.toLowerCase()));
  labels.forEach((label, place) => {
    const color = colors.get(label) ?? freeColor(taken, place);
    colors.set(label, color);
    taken.add(color.toLowerCase());
  });
  return colors;
}

/** The first color of the palette from a place on that is not taken; `taken` are in lower case. */
export function freeColor(taken: ReadonlySet<string>, place = 0): string {
  let at = place;
  while (taken.has(paletteColor(at))) {
    at++;
  }
  return paletteColor(at);
}

import type { Rect, Size } from "../annotation/geometry";
import { valuesOf, type MaskEntry } from "./mask-colors";

/** Bytes of pixels that are put or read at a time: whole pictures of large images would take up memory twice. */
const STRIP_BYTES = 4e6;

/** Values of a mask, row by row. */
export interface Values extends Size {
  readonly values: Uint8Array;
}

/** Draw values in their pixels' colors, by default all of them. */
export function drawValues(onto: CanvasRenderingContext2D, mask: Values, pixels: Uint32Array, rect?: Rect): void {
  const { left, top, width, height } = rect ?? { left: 0, top: 0, width: mask.width, height: mask.height };
  for (const [from, rows] of strips(width, height)) {
    const data = new ImageData(width, rows);
    const picture = new Uint32Array(data.data.buffer);
    for (let y = 0, i = 0; y < rows; y++) {
      const start = (top + from + y) * mask.width + left;
      for (let at = start; at < start + width; at++) {
        picture[i++] = pixels[mask.values[at] as number] as number;
      }
    }
    onto.putImageData(data, left, top + from);
  }
}

/** A mask as a PNG of the image's size, base64 without a prefix; it holds no colors but those of `pixels`. */
export function encodeMask(mask: Values, pixels: Uint32Array): string {
  const context = contextOf(mask);
  drawValues(context, mask, pixels);
  return pngOf(context);
}

/** What is drawn as a PNG, base64 without a prefix; exact where pixels are opaque or clear. */
export function pngOf({ canvas }: CanvasRenderingContext2D): string {
  const address = canvas.toDataURL("image/png");
  return address.slice(address.indexOf(",") + 1);
}

/**
 * The values of a mask's picture, by the colors of its entries. A picture of another size is stretched, without new colors.
 *
 * @throws DOMException when the picture can't be decoded, or may not be read.
 */
export async function decodeMask(source: Blob | HTMLImageElement, entries: readonly MaskEntry[], size: Size): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(source, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const context = contextOf(size);
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const values = new Uint8Array(size.width * size.height);
  for (const [top, rows] of strips(size.width, size.height)) {
    const { data } = context.getImageData(0, top, size.width, rows);
    valuesOf(new Uint32Array(data.buffer), entries, values, top * size.width);
  }
  return values;
}

/** The file of a PNG given in base64. */
export function fileOf(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

/** Load a picture so that it may be read. */
export function loadPicture(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.crossOrigin = "anonymous";
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The picture could not be loaded."));
    image.src = address;
  });
}

/** What draws on a canvas in main memory, where reading is fast and exact. */
export function contextOf({ width, height }: Size, canvas = document.createElement("canvas")): CanvasRenderingContext2D {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) {
    throw new Error("This browser has no room for a mask of this size.");
  }
  return context;
}

function* strips(width: number, height: number): Generator<readonly [top: number, rows: number]> {
  const most = Math.max(1, Math.floor(STRIP_BYTES / (width * 4)));
  for (let top = 0; top < height; top += most) {
    yield [top, Math.min(most, height - top)];
  }
}

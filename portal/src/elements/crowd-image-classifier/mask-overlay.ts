import { pixelsOf, type MaskEntry } from "../internal/mask/mask-colors";
import { contextOf, decodeMask, drawValues, loadPicture } from "../internal/mask/mask-picture";
import { mappedColors, recordOf, savedInstances } from "../internal/mask/saved-mask";
import type { Json } from "../internal/relaxed-json";

/** An earlier mask: its picture, and what the colors in it stand for. */
export interface MaskOverlay {
  readonly src: string;
  readonly entries: readonly MaskEntry[];
}

/** The mask of an overlay; null when it is none of masks. */
export function maskOf(overlay: Json | undefined): MaskOverlay | null {
  const { semanticSegmentation, instanceSegmentation } = recordOf(overlay) ?? {};
  const mask = recordOf(semanticSegmentation ?? instanceSegmentation);
  const src = mask?.["src"];
  if (!mask || typeof src !== "string" || src === "") {
    return null;
  }
  const classes = Object.entries(mappedColors(mask)).map(([label, color], index) => ({ value: index + 1, label, color }));
  return { src, entries: semanticSegmentation ? classes : savedInstances(mask) };
}

/**
 * What shows a mask when it is laid over the image: its known colors only, since others are no label's; the picture as it
 * is where the page may not read it.
 *
 * @throws Error when the picture does not load.
 */
export async function maskLayer({ src, entries }: MaskOverlay): Promise<HTMLElement> {
  try {
    const picture = await loadPicture(src);
    const size = { width: picture.naturalWidth, height: picture.naturalHeight };
    const canvas = document.createElement("canvas");
    drawValues(contextOf(size, canvas), { ...size, values: await decodeMask(picture, entries, size) }, pixelsOf(entries));
    return canvas;
  } catch {
    const picture = new Image();
    picture.alt = "";
    picture.src = src;
    await picture.decode();
    return picture;
  }
}

/** An overlay of a mask with another address of its picture. */
export function withSource(overlay: Json | undefined, src: string): Json {
  const entries = Object.entries(recordOf(overlay) ?? {});
  return Object.fromEntries(entries.map(([kind, mask]) => [kind, { ...recordOf(mask), src }]));
}

import type { Size } from "../annotation/geometry";
import type { Json } from "../relaxed-json";
import { MOST_VALUES } from "./label-grid";
import { isMaskColor, type MaskEntry } from "./mask-colors";
import { decodeMask, loadPicture, fileOf } from "./mask-picture";

/** A JSON object; null for everything else. */
export function recordOf(value: Json | undefined): Readonly<Record<string, Json>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null;
}

/** The address of an initial value's picture; empty when there is none. */
export function addressOf(initial: Json | undefined): string {
  const src = recordOf(initial)?.["src"];
  return typeof src === "string" ? src : "";
}

/** Whether the worker may begin without an initial value whose picture does not load, as with a model's prediction. */
export function isOptional(initial: Json | undefined): boolean {
  return recordOf(initial)?.["optional"] === true;
}

/**
 * The values of an initial mask; null when there is none.
 *
 * @throws Error when its picture does not load or may not be read.
 */
export async function initialMask(initial: Json | undefined, entries: readonly MaskEntry[], size: Size): Promise<Uint8Array | null> {
  const address = addressOf(initial);
  return address === "" ? null : decodeMask(await loadPicture(address), entries, size);
}

/** The values of an answer's mask. */
export async function savedMask(saved: SavedMask, entries: readonly MaskEntry[], size: Size): Promise<Uint8Array> {
  return decodeMask(fileOf(saved.labeledImage.pngImageData), entries, size);
}

/** An answer that holds a mask. */
export interface SavedMask {
  readonly [key: string]: Json;
  readonly labeledImage: { readonly pngImageData: string };
}

/** Whether an answer holds a mask. */
export function isSavedMask(saved: Json | undefined): saved is SavedMask {
  return typeof recordOf(recordOf(saved)?.["labeledImage"])?.["pngImageData"] === "string";
}

/** The colors of `labelMappings`, by label; what is no color is left out. */
export function mappedColors(saved: Json | undefined): Readonly<Record<string, string>> {
  const mappings = Object.entries(recordOf(recordOf(saved)?.["labelMappings"]) ?? {});
  const colors = mappings.map(([label, mapping]) => [label, recordOf(mapping)?.["color"]] as const);
  return Object.fromEntries(colors.filter((each): each is [string, string] => isMaskColor(each[1])));
}

/** The `instances` of an answer or an initial value; their values are 1, 2, 3 … */
export function savedInstances(saved: Json | undefined): readonly MaskEntry[] {
  const instances = recordOf(saved)?.["instances"];
  const known = (Array.isArray(instances) ? instances : []).map(recordOf).filter((each) => isMaskColor(each?.["color"]));
  return known
    .slice(0, MOST_VALUES)
    .map((each, index) => ({ value: index + 1, label: String(each?.["label"] ?? ""), color: String(each?.["color"]) }));
}

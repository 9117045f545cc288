import { paletteColor } from "../internal/palette";
import type { Json } from "../internal/relaxed-json";

/** A labelled rectangle in pixels of the stored image. */
export interface Box {
  readonly label: string;
  readonly color: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The boxes of an overlay; null when it is none of boxes. */
export function boxesOf(overlay: Json | undefined): readonly Box[] | null {
  const boxes = record(record(overlay)?.["boundingBox"]);
  if (!boxes) {
    return null;
  }
  const labels = list(boxes["labels"]).map(String);
  return list(boxes["value"]).map((each) => {
    const box = record(each) ?? {};
    const label = String(box["label"] ?? "");
    const number = (key: string): number => Number(box[key] ?? 0) || 0;
    return {
      label,
      color: paletteColor(Math.max(labels.indexOf(label), 0)),
      left: number("left"),
      top: number("top"),
      width: number("width"),
      height: number("height"),
    };
  });
}

function record(value: Json | undefined): Readonly<Record<string, Json>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

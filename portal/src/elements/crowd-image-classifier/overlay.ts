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

const PALETTE = [
  "#1f77b4",
  "#ff7f0e",
  "#2ca02c",
  "#d62728",
  "#9467bd",
  "#8c564b",
  "#e377c2",
  "#7f7f7f",
  "#bcbd22",
  "#17becf",
];

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
      color: colorOf(label, labels),
      left: number("left"),
      top: number("top"),
      width: number("width"),
      height: number("height"),
    };
  });
}

function colorOf(label: string, labels: readonly string[]): string {
  return PALETTE[Math.max(labels.indexOf(label), 0) % PALETTE.length] ?? "#1f77b4";
}

function record(value: Json | undefined): Readonly<Record<string, Json>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

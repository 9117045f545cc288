import type { Json } from "../internal/relaxed-json";

/** A label as the worker sees it. */
export interface EntityLabel {
  /** The text in the answer. */
  readonly label: string;
  /** The name in the list of labels. */
  readonly full: string;
  /** The name at a span. */
  readonly short: string;
  readonly color: string;
}

/** Dark enough for white text, 4.5:1 at least. */
const COLORS = ["#1f5fa8", "#a34a00", "#1f7034", "#b3261e", "#6d4bb0", "#7a4a3a", "#a8327e", "#0f6e78", "#6b6400", "#4a5560"];

/** Read the `labels` of the template: objects with names, or plain texts; what is neither, or double, is left out. */
export function labelsOf(value: Json | undefined): readonly EntityLabel[] {
  const labels = new Map<string, EntityLabel>();
  for (const each of Array.isArray(value) ? (value as readonly Json[]) : []) {
    const isObject = typeof each === "object" && each !== null && !Array.isArray(each);
    const given: Record<string, Json> = isObject ? (each as Record<string, Json>) : { label: each };
    const label = text(given["label"]);
    if (label !== "" && !labels.has(label)) {
      const full = text(given["fullDisplayName"]) || text(given["longDisplayName"]) || label;
      labels.set(label, { label, full, short: text(given["shortDisplayName"]) || label, color: colorAt(labels.size) });
    }
  }
  return [...labels.values()];
}

/** The label of that name; one that is not in the list shows its name, in gray. */
export function labelNamed(labels: readonly EntityLabel[], label: string): EntityLabel {
  return labels.find((each) => each.label === label) ?? { label, full: label, short: label, color: "#4a5560" };
}

function colorAt(index: number): string {
  return COLORS[index % COLORS.length] ?? "";
}

function text(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

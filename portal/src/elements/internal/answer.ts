import type { Json } from "./relaxed-json";

/** What one control adds to the answer: boxes and radios add flags, which merge; everything else is one value. */
export type Contribution =
  | { readonly kind: "flags"; readonly flags: Readonly<Record<string, boolean>> }
  | { readonly kind: "value"; readonly value: Json };

/** The answer of one task. */
export type Answer = Readonly<Record<string, Json>>;

/** A name and what the control of that name contributes. */
export type NamedContribution = readonly [name: string, contribution: Contribution];

/**
 * Put contributions together, in document order.
 *
 * Flags of one name merge; in every other case the later control replaces the earlier one, so that a last hidden input
 * discards helper controls of its name. Keys come out sorted.
 */
export function assembleAnswer(contributions: Iterable<NamedContribution>): Answer {
  const answer = new Map<string, Contribution>();
  for (const [name, contribution] of contributions) {
    const earlier = answer.get(name);
    if (contribution.kind === "flags" && earlier?.kind === "flags") {
      answer.set(name, { kind: "flags", flags: { ...earlier.flags, ...contribution.flags } });
    } else {
      answer.set(name, contribution);
    }
  }
  return sortedKeys(Object.fromEntries([...answer].map(([name, each]) => [name, jsonOf(each)]))) as Answer;
}

/** `answer-format="flatten-objects"`: nested objects and lists become dotted keys; empty ones stay as they are. */
export function flattenAnswer(answer: Answer): Answer {
  const flat: [string, Json][] = [];
  for (const [key, value] of Object.entries(answer)) {
    flattenInto(flat, key, value);
  }
  return sortedKeys(Object.fromEntries(flat)) as Answer;
}

function flattenInto(flat: [string, Json][], path: string, value: Json): void {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) {
    flat.push([path, value]);
  }
  for (const [key, inner] of entries) {
    flattenInto(flat, `${path}.${key}`, inner as Json);
  }
}

function jsonOf(contribution: Contribution): Json {
  return contribution.kind === "flags" ? contribution.flags : contribution.value;
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sortedKeys);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value) as [string, Json][];
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sortedKeys(v)]));
  }
  return value;
}

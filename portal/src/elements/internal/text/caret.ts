/** How far a step of the caret goes: a letter as people see it, a word, a paragraph's edge, the text's edge. */
export type Step = "letter" | "word" | "paragraph" | "text";

/** How much of a paragraph is looked at around the caret, in UTF-16 units. */
const AROUND = 300;

/** Where the caret stands after a step; offsets in UTF-16 units. */
export function moved(text: string, from: number, step: Step, forward: boolean): number {
  if (step === "text") {
    return forward ? text.length : 0;
  }
  if (step === "paragraph") {
    return paragraphEdge(text, from, forward);
  }
  const low = Math.max(0, from - AROUND);
  const edges = edgesOf(text.slice(low, from + AROUND), step, forward).map((edge) => edge + low);
  return forward ? (edges.find((edge) => edge > from) ?? text.length) : (edges.findLast((edge) => edge < from) ?? 0);
}

/** A range without the white space at its ends; unchanged when it is nothing else. */
export function trimmed(text: string, start: number, end: number): readonly [start: number, end: number] {
  const inside = text.slice(start, end);
  const bare = inside.trim();
  const lead = inside.length - inside.trimStart().length;
  return bare === "" ? [start, end] : [start + lead, start + lead + bare.length];
}

/** Where letters end or begin; words end on the way forward and begin on the way back. */
function edgesOf(near: string, step: "letter" | "word", forward: boolean): number[] {
  const granularity = step === "letter" ? "grapheme" : "word";
  const parts = [...new Intl.Segmenter(undefined, { granularity }).segment(near)];
  return parts
    .filter((part) => step === "letter" || part.isWordLike)
    .map((part) => part.index + (forward ? part.segment.length : 0));
}

function paragraphEdge(text: string, from: number, forward: boolean): number {
  if (forward) {
    const found = text.slice(from).search(/\r|\n/);
    return found < 0 ? text.length : from + found;
  }
  return from === 0 ? 0 : Math.max(text.lastIndexOf("\n", from - 1), text.lastIndexOf("\r", from - 1)) + 1;
}

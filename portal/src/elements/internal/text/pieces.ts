import { lastAtOrBefore } from "./code-points";

/** Longest piece, in UTF-16 units: what one change redraws. */
const LONGEST = 1200;
/** Most pieces of a block: the browser sets the lines of a block at once. */
const MOST_IN_BLOCK = 5;

/** A run of the text that is drawn at once; offsets in UTF-16 units. */
export interface Piece {
  readonly start: number;
  /** End of what is drawn; a line break behind it belongs to the piece all the same. */
  readonly end: number;
  /** Number of the block that the piece is drawn in: a paragraph, or a part of a very long one. */
  readonly block: number;
}

/** A part of a piece that the same marks cover. */
export interface Segment<M> {
  readonly start: number;
  readonly end: number;
  /** The marks, longest first. */
  readonly marks: readonly M[];
}

/** Split a text at its line breaks, and long paragraphs at white space too. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
    addParagraph(pieces, text, start, lineBreak.index);
    start = lineBreak.index + lineBreak[0].length;
  }
  addParagraph(pieces, text, start, text.length);
  return pieces;
}

/** Index of the piece in which a unit lies. */
export function pieceAt(pieces: readonly Piece[], unit: number): number {
  return lastAtOrBefore(pieces.length, (index) => pieces[index]?.start ?? 0, unit);
}

/** Cut a piece where its marks begin and end. */
export function segmentsOf<M extends { readonly start: number; readonly end: number }>(
  piece: Piece,
  marks: readonly M[],
): readonly Segment<M>[] {
  const inside = (unit: number): boolean => unit > piece.start && unit < piece.end;
  const cuts = new Set([piece.start, ...marks.flatMap(({ start, end }) => [start, end]).filter(inside), piece.end]);
  const ordered = [...cuts].sort((a, b) => a - b);
  const longestFirst = [...marks].sort((a, b) => b.end - b.start - (a.end - a.start));
  return ordered.slice(0, Math.max(1, ordered.length - 1)).map((start, index) => {
    const end = ordered[index + 1] ?? start;
    return { start, end, marks: longestFirst.filter((mark) => mark.start < end && mark.end > start) };
  });
}

function addParagraph(pieces: Piece[], text: string, start: number, end: number): void {
  const firstBlock = (pieces.at(-1)?.block ?? -1) + 1;
  let from = start;
  let count = 0;
  const add = (to: number): void => {
    pieces.push({ start: from, end: to, block: firstBlock + Math.floor(count++ / MOST_IN_BLOCK) });
    from = to;
  };
  while (end - from > LONGEST) {
    add(placeToCut(text, from, from + LONGEST));
  }
  add(end);
}

/** Behind the last white space, else anywhere but inside of a surrogate pair. */
function placeToCut(text: string, from: number, most: number): number {
  const space = Math.max(text.lastIndexOf(" ", most - 1), text.lastIndexOf("\t", most - 1));
  if (space >= from) {
    return space + 1;
  }
  return (text.codePointAt(most - 1) ?? 0) > 0xffff ? most - 1 : most;
}

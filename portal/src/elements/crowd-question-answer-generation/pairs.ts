import type { Json } from "../internal/relaxed-json";
import type { CodePoints } from "../internal/text/code-points";

/** A part of the passage; offsets in UTF-16 units. */
export interface Reference {
  readonly start: number;
  readonly end: number;
}

/** A question with its answer. */
export interface Pair {
  readonly question: string;
  readonly answer: string;
  readonly tags: readonly string[];
  readonly references: readonly Reference[];
}

/** What the template asks for; what is undefined has no limit. */
export interface Limits {
  readonly questions: Range;
  readonly questionWords: Range;
  readonly answerWords: Range;
}

/** Least and most, both included. */
export interface Range {
  readonly least: number;
  readonly most: number | undefined;
}

/** What keeps a list of pairs from being submitted. */
export interface Fault {
  /** Place of the pair. */
  readonly at: number;
  readonly field: "question" | "answer";
  readonly message: string;
}

export const EMPTY: Pair = { question: "", answer: "", tags: [], references: [] };

/** Words as people count them: what stands between white space. */
export function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Whether nothing was written, so that the pair is no part of the answer. */
export function isEmpty({ question, answer }: Pair): boolean {
  return question.trim() === "" && answer.trim() === "";
}

/** The first thing that is missing or too much. */
export function faultOf(pairs: readonly Pair[], { questions, questionWords, answerWords }: Limits): Fault | null {
  const written = pairs.filter((pair) => !isEmpty(pair)).length;
  for (const [at, pair] of pairs.entries()) {
    if (!isEmpty(pair) || written < questions.least) {
      const message = wordFault(pair.question, questionWords);
      const answerMessage = wordFault(pair.answer, answerWords);
      if (message !== null) {
        return { at, field: "question", message: `Question ${at + 1}: ${message}` };
      }
      if (answerMessage !== null) {
        return { at, field: "answer", message: `Answer ${at + 1}: ${answerMessage}` };
      }
    }
  }
  const last = pairs.length - 1;
  if (written < questions.least) {
    return { at: last, field: "question", message: `Please write at least ${questions.least} questions.` };
  }
  return questions.most !== undefined && written > questions.most
    ? { at: last, field: "question", message: `Please write ${questions.most} questions at most.` }
    : null;
}

/** Read the pairs of an answer. */
export function readPairs(saved: Json | undefined, offsets: CodePoints): readonly Pair[] {
  return list((saved as Record<string, Json> | null | undefined)?.["questionAnswerPairs"]).map((each) => {
    const pair = (each ?? {}) as Record<string, Json>;
    return {
      question: text(pair["question"]),
      answer: text(pair["answer"]),
      tags: list(pair["tags"]).map(String),
      references: list(pair["references"]).map((reference) => {
        const { startOffset, endOffset } = (reference ?? {}) as Record<string, Json>;
        return { start: offsets.unitOf(Number(startOffset) || 0), end: offsets.unitOf(Number(endOffset) || 0) };
      }),
    };
  });
}

/** The pairs as the answer holds them: without empty ones, offsets in code points. */
export function writePairs(pairs: readonly Pair[], offsets: CodePoints): Json[] {
  return pairs
    .filter((pair) => !isEmpty(pair))
    .map(({ question, answer, tags, references }) => ({
      question,
      answer,
      tags: [...tags],
      references: references.map(({ start, end }) => ({ startOffset: offsets.ofUnit(start), endOffset: offsets.ofUnit(end) })),
    }));
}

function wordFault(written: string, { least, most }: Range): string | null {
  const count = wordCount(written);
  if (count < least) {
    return least === 1 ? "please write something." : `please write at least ${least} words.`;
  }
  return most !== undefined && count > most ? `please write ${most} words at most.` : null;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

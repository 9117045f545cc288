import type { Json } from "../internal/relaxed-json";

/** What the responses are ranked by. */
export interface Dimension {
  readonly name: string;
  /** Whether two responses may have one rank. */
  readonly allowTie: boolean;
}

/** The rank of each response, from 1, the best; null without one yet. */
export type Ranks = readonly (number | null)[];

/** Read `ordinal-ranking-dimensions`; what has no name is left out. */
export function dimensionsOf(value: Json | undefined): readonly Dimension[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [])
    .map((each) => (each ?? {}) as Record<string, Json>)
    .filter(({ name }) => typeof name === "string" && name !== "")
    .map(({ name, allowTie }) => ({ name: String(name), allowTie: String(allowTie) === "true" }));
}

/** With a rank given to one response; without ties, the response that had it takes the rank which this one had. */
export function ranked(ranks: Ranks, response: number, rank: number, allowTie: boolean): Ranks {
  const before = ranks[response] ?? null;
  return ranks.map((each, index) => (index === response ? rank : each === rank && !allowTie ? before : each));
}

/** The ranks saved for a dimension, as far as they are ranks of so many responses. */
export function ranksOf(saved: Json | undefined, dimension: string, responses: number): Ranks {
  const entries = (Array.isArray(saved) ? (saved as readonly Json[]) : []) as readonly (Record<string, Json> | null)[];
  const list = entries.find((each) => each?.["name"] === dimension)?.["responseRankings"];
  return Array.from({ length: responses }, (_, index) => {
    const rank: Json | undefined = Array.isArray(list) ? (list as readonly Json[])[index] : null;
    return typeof rank === "number" && Number.isInteger(rank) && rank >= 1 && rank <= responses ? rank : null;
  });
}

/** The responses in the order of their ranks, as places in the list; those without a rank are left out. */
export function inOrder(ranks: Ranks): readonly (readonly [rank: number, response: number])[] {
  return ranks
    .flatMap((rank, response) => (rank === null ? [] : [[rank, response] as const]))
    .sort((a, b) => a[0] - b[0]);
}

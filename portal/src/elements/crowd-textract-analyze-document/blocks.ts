import type { Json } from "../internal/relaxed-json";

/** A block of the analysis, as the template gave it. */
export type Block = Readonly<Record<string, Json>>;

/** A place in the document, in shares of its width and height. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A key of the form and the values that belong to it. */
export interface KeyValue {
  readonly key: Block;
  readonly values: readonly Block[];
  /** The key's text. */
  readonly name: string;
  /** The values' texts, together. */
  readonly text: string;
}

/** What the worker says of a pair. */
export interface Verdict {
  readonly verdict: "valid" | "corrected" | "not-found" | "blank";
  readonly name: string;
  readonly text: string;
}

/** The pairs of an analysis; where the template names important keys, only theirs, in the order of the names. */
export function pairsOf(blocks: readonly Block[], keys: Json | undefined): readonly KeyValue[] {
  const keyBlocks = blocks.filter((block) => list(block["entityTypes"]).includes("KEY"));
  const byId = new Map(blocks.map((block) => [block["id"], block]));
  const pairs = keyBlocks.map((key): KeyValue => {
    const values = relatedIds(key, "VALUE").map((id) => byId.get(id)).filter((block) => block !== undefined);
    return { key, values, name: textOf(key), text: values.map(textOf).join(" ") };
  });
  const wanted = list(keys).map(namesOf).filter((names) => names.length > 0);
  return wanted.length === 0 ? pairs : wanted.flatMap((names) => pairs.filter(({ name }) => names.includes(plain(name))));
}

/** Names of the important keys that the analysis did not find. */
export function missingKeys(pairs: readonly KeyValue[], keys: Json | undefined): readonly string[] {
  return list(keys)
    .filter((each) => !pairs.some(({ name }) => namesOf(each).includes(plain(name))))
    .map((each) => String((each as Block | null)?.["importantFormKey"] ?? ""))
    .filter((name) => name !== "");
}

/** The blocks of the answer: as given but for confidence and geometry, with what the worker corrected. */
export function reviewed(
  blocks: readonly Block[],
  pairs: readonly KeyValue[],
  verdictOf: (pair: KeyValue) => Verdict | undefined,
): Json[] {
  const texts = new Map<Json | undefined, string | null>();
  for (const pair of pairs) {
    const given = verdictOf(pair);
    const gone = given?.verdict === "not-found";
    texts.set(pair.key["id"], gone ? null : given && given.name !== pair.name ? given.name : textOf(pair.key));
    pair.values.forEach((value, index) => {
      const corrected = given?.verdict === "blank" ? "" : given?.verdict === "corrected" ? (index === 0 ? given.text : "") : textOf(value);
      texts.set(value["id"], gone ? null : corrected);
    });
  }
  return blocks.flatMap((block) => {
    const text = texts.has(block["id"]) ? texts.get(block["id"]) : textOf(block);
    return text === null ? [] : [withText(block, text ?? "")];
  });
}

/** What a saved answer says of a pair; undefined where it says nothing new. */
export function verdictIn(saved: readonly Block[], pair: KeyValue): Verdict | undefined {
  const find = (block: Block): Block | undefined => saved.find((each) => each["id"] === block["id"]);
  const key = find(pair.key);
  if (!key) {
    return { verdict: "not-found", name: pair.name, text: pair.text };
  }
  const name = textOf(key);
  const text = pair.values.map((value) => textOf(find(value) ?? {})).join(" ").trim();
  if (text === pair.text.trim() && name === pair.name) {
    return undefined;
  }
  return { verdict: text === "" ? "blank" : text === pair.text.trim() ? "valid" : "corrected", name, text };
}

/** Where a block stands in the document; null without geometry. */
export function areaOf(block: Block): Area | null {
  const box = (block["geometry"] as { boundingBox?: Record<string, Json> } | undefined)?.boundingBox;
  const share = (name: string): number => Number(box?.[name] ?? 0);
  return box ? { left: share("left"), top: share("top"), width: share("width"), height: share("height") } : null;
}

/** The items of a list; none for what is no list. */
export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function withText(block: Block, text: string): Json {
  const { confidence: _confidence, geometry: _geometry, ...rest } = block;
  return { ...structuredClone(rest), text };
}

function relatedIds(block: Block, type: string): readonly Json[] {
  return list(block["relationships"]).flatMap((each) => {
    const relation = each as { type?: Json; ids?: Json } | null;
    return relation?.type === type ? list(relation.ids) : [];
  });
}

function namesOf(key: Json): readonly string[] {
  const { importantFormKey, importantFormKeyAliases } = (key ?? {}) as Block;
  return [importantFormKey, ...list(importantFormKeyAliases)].filter((each) => typeof each === "string").map(plain);
}

/** Keys are compared without case, white space at the ends and a colon. */
function plain(name: string): string {
  return name.trim().replace(/\s*:$/, "").toLowerCase();
}

function textOf(block: Block): string {
  return typeof block["text"] === "string" ? block["text"] : "";
}

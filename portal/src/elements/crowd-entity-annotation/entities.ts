import type { Json } from "../internal/relaxed-json";
import type { CodePoints } from "../internal/text/code-points";

/** A labeled part of the text; offsets in UTF-16 units, the end exclusive. */
export interface Entity {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** The entities of an answer or an `initial-value`, bare or wrapped in `entities`; what covers no text is left out. */
export function readEntities(value: Json | undefined, offsets: CodePoints): readonly Entity[] {
  const list = Array.isArray(value) ? value : (value as { entities?: Json } | null | undefined)?.entities;
  const read: Entity[] = [];
  const seen = new Set<string>();
  for (const each of Array.isArray(list) ? (list as readonly Json[]) : []) {
    const { startOffset, endOffset, label } = (each ?? {}) as Record<string, Json>;
    const entity = { start: unitOf(startOffset, offsets), end: unitOf(endOffset, offsets), label: String(label ?? "") };
    if (entity.start < entity.end && entity.label !== "" && !seen.has(keyOf(entity))) {
      seen.add(keyOf(entity));
      read.push(entity);
    }
  }
  return inOrder(read);
}

/** The entities as the answer holds them: offsets in code points, in the order of the text. */
export function writeEntities(entities: readonly Entity[], offsets: CodePoints): Json[] {
  return entities.map(({ start, end, label }) => ({
    endOffset: offsets.ofUnit(end),
    label,
    startOffset: offsets.ofUnit(start),
  }));
}

/** With one more entity; the same ones when it is there already. */
export function added(entities: readonly Entity[], entity: Entity): readonly Entity[] {
  return entities.some((each) => keyOf(each) === keyOf(entity)) ? entities : inOrder([...entities, entity]);
}

/** With another label on one entity, which becomes one with an equal one. */
export function relabeled(entities: readonly Entity[], old: Entity, label: string): readonly Entity[] {
  return old.label === label ? entities : added(removed(entities, old), { ...old, label });
}

/** Without one entity. */
export function removed(entities: readonly Entity[], gone: Entity): readonly Entity[] {
  return entities.filter((each) => each !== gone);
}

/** Whether both hold the same entities. */
export function areSame(some: readonly Entity[], others: readonly Entity[]): boolean {
  return some.length === others.length && some.map(keyOf).sort().join() === others.map(keyOf).sort().join();
}

/** The entities that cover a unit, the shortest first: the one that a click means, and those below it. */
export function covering(entities: readonly Entity[], unit: number): readonly Entity[] {
  return entities
    .filter(({ start, end }) => start <= unit && unit < end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** A text that is the same for equal entities only. */
export function keyOf({ start, end, label }: Entity): string {
  return `${start}-${end}-${label}`;
}

function unitOf(offset: Json | undefined, offsets: CodePoints): number {
  return typeof offset === "number" ? offsets.unitOf(offset) : NaN;
}

function inOrder(entities: readonly Entity[]): readonly Entity[] {
  return [...entities].sort((a, b) => a.start - b.start || a.end - b.end);
}

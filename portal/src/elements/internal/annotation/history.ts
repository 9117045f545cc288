/** States one after the other, none of them ever changed. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

/** A history that starts here. */
export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** Go on to a new state; what was undone is forgotten. */
export function advance<T>(history: History<T>, present: T): History<T> {
  return { past: [...history.past, history.present], present, future: [] };
}

/** Put another state in the present's place, as part of the same step. */
export function amend<T>(history: History<T>, present: T): History<T> {
  return { past: history.past, present, future: [] };
}

/** One step back; the same history when there is none. */
export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return past.length === 0
    ? history
    : { past: past.slice(0, -1), present: past[past.length - 1] as T, future: [present, ...future] };
}

/** One step forward again; the same history when there is none. */
export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return future.length === 0 ? history : { past: [...past, present], present: future[0] as T, future: future.slice(1) };
}

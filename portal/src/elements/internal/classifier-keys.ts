import type { Shortcut } from "./shortcuts";

/** Keys of the first ten categories. */
const DIGITS = "1234567890";

/** Key of the choice that stands for none of the categories. */
export const EXCLUSION_KEY = "n";

/** The key of each category: its place, or, when every category is a digit itself, that digit. */
export function keysOf(categories: readonly string[]): readonly (string | undefined)[] {
  const areDigits = categories.length > 0 && categories.every((category) => /^[0-9]$/.test(category));
  return areDigits ? categories : categories.map((_, index) => DIGITS[index]);
}

/** What the keys of a classification widget act on. */
export interface KeyedList {
  /** Whether several categories may be chosen. */
  readonly several: boolean;
  /** The choice that stands for none of the categories. */
  readonly exclusion: string | null;
  /** Keys of the widget's own. */
  readonly own: readonly Shortcut[];
}

/** The line about the keys of a list of names; `verb` is what they do, `one` and `many` what the names stand for. */
export function digitShortcut(names: readonly string[], verb: string, one: string, many: string): Shortcut {
  const keys = keysOf(names).filter((key) => key !== undefined);
  const range = keys.length > 2 ? [keys[0] ?? "", "…", keys.at(-1) ?? ""] : keys;
  return [range, names.length > keys.length ? `${verb} one of the first ten ${many}` : `${verb} a ${one}`];
}

/** The lines of the Shortcuts dialog of a classification widget. */
export function classifierShortcuts(
  categories: readonly string[],
  { several, exclusion, own }: KeyedList,
): readonly Shortcut[] {
  const choose = several ? "Choose or drop" : "Choose";
  return [
    digitShortcut(categories, choose, "category", "categories"),
    ...(exclusion === null ? [] : [[[EXCLUSION_KEY.toUpperCase()], `${choose} “${exclusion}”`] as const]),
    [["↑", "↓"], several ? "Move through the list" : "Move through the list and choose"],
    ...(several ? [[["Space"], "Choose or drop what is focused"] as const] : []),
    [["Enter"], "Submit, while the list or nothing is focused"],
    [["Ctrl+Enter"], "Submit from anywhere"],
    ...own,
    [["Tab"], "Go to the next control"],
    [["Esc"], "Close a dialog"],
  ];
}

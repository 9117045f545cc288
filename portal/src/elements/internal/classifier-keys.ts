import { html, type TemplateResult } from "lit";
import { dialogTemplate } from "./dialog";

/** Keys of the first ten categories. */
const DIGITS = "1234567890";

/** Key of the choice that stands for none of the categories. */
export const EXCLUSION_KEY = "n";

/** The key of each category: its place, or, when every category is a digit itself, that digit. */
export function keysOf(categories: readonly string[]): readonly (string | undefined)[] {
  const areDigits = categories.length > 0 && categories.every((category) => /^[0-9]$/.test(category));
  return areDigits ? categories : categories.map((_, index) => DIGITS[index]);
}

/** A line of the Shortcuts dialog. */
export type Shortcut = readonly [keys: readonly string[], meaning: string];

/** What the keys of a classification widget act on. */
export interface KeyedList {
  /** Whether several categories may be chosen. */
  readonly several: boolean;
  /** The choice that stands for none of the categories. */
  readonly exclusion: string | null;
  /** Keys of the widget's own. */
  readonly own: readonly Shortcut[];
}

/** The dialog that lists the keys of a classification widget; its id is `shortcuts`. */
export function shortcutsDialog(categories: readonly string[], { several, exclusion, own }: KeyedList): TemplateResult {
  const keys = keysOf(categories).filter((key) => key !== undefined);
  const range = keys.length > 2 ? [keys[0] ?? "", "…", keys.at(-1) ?? ""] : keys;
  const choose = several ? "Choose or drop" : "Choose";
  const lines: readonly Shortcut[] = [
    [range, categories.length > keys.length ? `${choose} one of the first ten categories` : `${choose} a category`],
    ...(exclusion === null ? [] : [[[EXCLUSION_KEY.toUpperCase()], `${choose} “${exclusion}”`] as const]),
    [["↑", "↓"], several ? "Move through the list" : "Move through the list and choose"],
    ...(several ? [[["Space"], "Choose or drop what is focused"] as const] : []),
    [["Enter"], "Submit, while the list or nothing is focused"],
    [["Ctrl+Enter"], "Submit from anywhere"],
    ...own,
    [["Tab"], "Go to the next control"],
    [["Esc"], "Close a dialog"],
  ];
  return dialogTemplate({
    id: "shortcuts",
    title: "Shortcuts",
    body: html`<table class="shortcuts">
      <tbody>
        ${lines.map(
          ([keys, meaning]) =>
            html`<tr>
              <th scope="row">${keys.map((key) => (key === "…" ? " … " : html`<kbd>${key}</kbd> `))}</th>
              <td>${meaning}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  });
}

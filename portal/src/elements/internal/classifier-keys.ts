import { html, type TemplateResult } from "lit";
import { dialogTemplate } from "./dialog";

/** Keys of the first ten categories. */
const DIGITS = "1234567890";

/** The key of each category: its place, or, when every category is a digit itself, that digit. */
export function keysOf(categories: readonly string[]): readonly (string | undefined)[] {
  const areDigits = categories.length > 0 && categories.every((category) => /^[0-9]$/.test(category));
  return areDigits ? categories : categories.map((_, index) => DIGITS[index]);
}

/** A line of the Shortcuts dialog. */
export type Shortcut = readonly [keys: readonly string[], meaning: string];

/** The dialog that lists the keys of a classification widget; its id is `shortcuts`. */
export function shortcutsDialog(categories: readonly string[], own: readonly Shortcut[]): TemplateResult {
  const keys = keysOf(categories).filter((key) => key !== undefined);
  const range = keys.length > 2 ? [keys[0] ?? "", "…", keys.at(-1) ?? ""] : keys;
  const lines: readonly Shortcut[] = [
    [range, categories.length > keys.length ? "Choose one of the first ten categories" : "Choose a category"],
    [["↑", "↓"], "Move through the list and choose"],
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

import { html, type TemplateResult } from "lit";
import { dialogTemplate } from "./dialog";

/** A line of the Shortcuts dialog. */
export type Shortcut = readonly [keys: readonly string[], meaning: string];

/** The dialog that lists the keys of a widget; its id is `shortcuts`. */
export function shortcutsDialog(lines: readonly Shortcut[]): TemplateResult {
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

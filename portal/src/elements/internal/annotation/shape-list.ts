import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { styleMap } from "lit/directives/style-map.js";
import { iconTemplate } from "../icons";
import type { Shape, ShapeEditor } from "./shape-editor";

/** What the list needs besides the shapes. */
export interface ShapeListPart {
  readonly editor: ShapeEditor;
  readonly title: string;
  readonly colorOf: (label: string) => string;
  readonly pick: (shape: Shape) => void;
}

/** The shapes, one a row: select, hide, lock, delete. One row is a stop of the Tab key, the arrow keys walk the others. */
export function shapeList({ editor, title, colorOf, pick }: ShapeListPart): TemplateResult {
  const { shapes } = editor;
  const stop = editor.selection ?? shapes[0];
  const row = (shape: Shape, index: number): unknown => {
    const [hidden, locked, selected] = [editor.isHidden(shape), editor.isLocked(shape), shape.id === editor.selected];
    const color = colorOf(shape.label);
    return guard([shape, index, hidden, locked, selected, stop === shape, color], () =>
      rowTemplate({ editor, shape, index, hidden, locked, selected, color, tab: stop === shape ? 0 : -1, pick }),
    );
  };
  return html`<section class="shape-list" aria-label=${title}>
    <div class="list-head">
      <p class="list-title">${title} <span class="count">${shapes.length}</span></p>
      ${
        shapes.length === 0
          ? nothing
          : html`${iconButton("Hide or show all", shapes.some((each) => editor.isHidden(each)) ? "visibility-off" : "visibility", () => editor.toggleHidden())}
          ${iconButton("Lock or unlock all", shapes.some((each) => editor.isLocked(each)) ? "lock" : "lock-open", () => editor.toggleLocked())}
          ${iconButton("Delete all", "delete-sweep", () => editor.removeAll())}`
      }
    </div>
    <ol @keydown=${(event: KeyboardEvent) => walk(event, editor, pick)}>
      ${shapes.map(row)}
    </ol>
  </section>`;
}

function rowTemplate(part: {
  readonly editor: ShapeEditor;
  readonly shape: Shape;
  readonly index: number;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly selected: boolean;
  readonly color: string;
  readonly tab: number;
  readonly pick: (shape: Shape) => void;
}): TemplateResult {
  const { editor, shape, index, hidden, locked, selected, color, tab, pick } = part;
  const name = `${shape.label} ${index + 1}`;
  return html`<li class=${selected ? "selected" : ""}>
    <button type="button" class="pick" tabindex=${tab} aria-pressed=${String(selected)} @click=${() => pick(shape)}>
      <span class="swatch" style=${styleMap({ background: color })}></span><span class="label-text">${name}</span>
    </button>
    ${iconButton(`${hidden ? "Show" : "Hide"} ${name}`, hidden ? "visibility-off" : "visibility", () => editor.toggleHidden(shape), tab)}
    ${iconButton(`${locked ? "Unlock" : "Lock"} ${name}`, locked ? "lock" : "lock-open", () => editor.toggleLocked(shape), tab)}
    ${iconButton(`Delete ${name}`, "delete", () => editor.removeShape(shape), tab)}
  </li>`;
}

/** A button of a row that shows nothing but an icon. */
export function iconButton(name: string, icon: string, act: () => void, tab = 0): TemplateResult {
  return html`<button type="button" class="small" aria-label=${name} title=${name} tabindex=${tab} @click=${act}>
    ${iconTemplate(icon)}
  </button>`;
}

function walk(event: KeyboardEvent, editor: ShapeEditor, pick: (shape: Shape) => void): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { shapes } = editor;
  const at = Math.max(
    shapes.findIndex((each) => each.id === editor.selected),
    0,
  );
  if (event.key === "Delete" && editor.selection) {
    event.preventDefault();
    editor.removeShape(editor.selection);
  } else if (step !== undefined) {
    event.preventDefault();
    const next = shapes[Math.min(Math.max(at + step, 0), shapes.length - 1)];
    if (next) {
      pick(next);
    }
  }
}

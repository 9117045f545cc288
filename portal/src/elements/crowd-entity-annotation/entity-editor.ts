import { query, state } from "lit/decorators.js";
import { keysOf } from "../internal/classifier-keys";
import { announceChange } from "../internal/element";
import type { AnnotatedText, Pick } from "../internal/text/annotated-text";
import type { Mark } from "../internal/text/text-drawing";
import { Widget } from "../internal/widget";
import { added, covering, type Entity, keyOf, relabeled, removed } from "./entities";
import { EntityWork } from "./entity-work";
import { type EntityLabel, labelNamed } from "./labels";
import { excerpt } from "./pane";
import { type KeyActs, takeKey } from "./shortcuts";

/** What the worker does to spans: select text or a span, give a label, change it, remove, hide, undo. */
export abstract class EntityEditor extends Widget {
  /** The text, as the template gave it. */
  abstract text: string;

  @state() protected armed = "";
  @state() protected picked: Pick | null = null;
  @state() protected selected: Entity | null = null;
  @state() protected hiddenLabels: ReadonlySet<string> = new Set();
  @state() protected news = "";
  @query("groundwork-text") protected view!: AnnotatedText;

  protected choices: readonly EntityLabel[] = [];
  protected readonly spans = new EntityWork();
  protected marks = new WeakMap<Entity, Mark>();

  protected readonly acts: KeyActs = {
    label: (key) => this.chooseByKey(key),
    remove: () => this.removeEntity(this.selected),
    letGo: () => this.letGo(),
    takeAtCaret: () => this.view.isFocused && this.takeAtCaret(),
    step: (by, inList) => this.step(by, inList),
    hideAll: () => this.hideAll(),
    undo: () => this.spans.undo() && this.changed(),
    redo: () => this.spans.redo() && this.changed(),
  };
  protected override takeKey(event: KeyboardEvent): boolean {
    return takeKey(event, this.acts) || this.view.takeKey(event);
  }

  protected get keys(): readonly (string | undefined)[] {
    return keysOf(this.choices.map(({ label }) => label));
  }

  protected letGoOfAll(): void {
    this.selected = null;
    this.picked = null;
    this.requestUpdate();
  }

  protected markOf(entity: Entity): Mark {
    let mark = this.marks.get(entity);
    if (!mark) {
      const { color, short, full } = labelNamed(this.choices, entity.label);
      mark = { start: entity.start, end: entity.end, color, tag: short, removal: `Remove ${full} from “${excerpt(this.text, entity)}”` };
      this.marks.set(entity, mark);
    }
    return mark;
  }

  protected onPick(event: CustomEvent<Pick | null>): void {
    this.picked = event.detail;
    this.selected = this.picked ? null : this.selected;
    if (this.picked?.dragged && this.armed) {
      this.choose(this.armed);
    }
  }

  /** A click selects the shortest span below it; the next click the one around that. */
  protected onPress(event: CustomEvent<readonly Mark[]>): void {
    const below = event.detail.map((mark) => this.spans.entities.find((entity) => this.marks.get(entity) === mark));
    const next = below[this.selected ? below.indexOf(this.selected) + 1 : 0] ?? below[0];
    this.selected = next ?? null;
  }

  protected onUnmark(event: CustomEvent<Mark>): void {
    this.removeEntity(this.spans.entities.find((entity) => this.marks.get(entity) === event.detail) ?? null);
  }

  private chooseByKey(key: string): boolean {
    const label = this.choices[this.keys.indexOf(key)];
    return label !== undefined && this.choose(label.label);
  }

  /** Give the label to what is selected; with nothing selected, it is the label for what is dragged next. */
  protected choose(label: string): true {
    if (this.selected) {
      this.relabel(this.selected, label);
    } else if (this.picked) {
      const { start, end } = this.picked;
      this.change(added(this.spans.entities, { start, end, label }), `“${excerpt(this.text, this.picked)}” is ${label}.`);
      this.picked = null;
      this.view.collapse(end);
    } else {
      this.armed = this.armed === label ? "" : label;
    }
    this.hiddenLabels = new Set([...this.hiddenLabels].filter((each) => each !== label));
    return true;
  }

  private relabel(old: Entity, label: string): void {
    const next = relabeled(this.spans.entities, old, label);
    this.change(next, `“${excerpt(this.text, old)}” is ${label}.`);
    this.selected = next.find((each) => keyOf(each) === keyOf({ ...old, label })) ?? null;
  }

  protected removeEntity(entity: Entity | null): boolean {
    if (!entity) {
      return false;
    }
    const at = this.spans.entities.indexOf(entity);
    const inList = this.renderRoot.querySelector(".span-row:focus") !== null;
    this.change(removed(this.spans.entities, entity), `Removed ${entity.label} from “${excerpt(this.text, entity)}”.`);
    this.selected = null;
    if (inList) {
      this.focusRow(this.spans.entities[at] ?? this.spans.entities[at - 1]);
    }
    return true;
  }

  protected removeAll(): void {
    this.change([], "Removed all spans.");
  }

  private change(next: readonly Entity[], news: string): void {
    if (this.spans.change(next)) {
      this.news = news;
      this.changed();
    }
  }

  private changed(): true {
    this.selected = this.selected && this.spans.entities.includes(this.selected) ? this.selected : null;
    this.requestUpdate();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    announceChange(this);
    return true;
  }

  private letGo(): boolean {
    const held = this.selected !== null || this.picked !== null || this.armed !== "";
    if (this.picked) {
      this.view.collapse(this.view.caret);
    } else if (!this.selected) {
      this.armed = "";
    }
    this.selected = null;
    return held;
  }

  private takeAtCaret(): boolean {
    if (this.picked && this.armed) {
      return this.choose(this.armed);
    }
    const below = [...covering(this.spans.entities, this.view.caret), ...covering(this.spans.entities, this.view.caret - 1)];
    this.selected = below[this.selected ? below.indexOf(this.selected) + 1 : 0] ?? below[0] ?? null;
    return true;
  }

  private step(by: 1 | -1, inList = false): boolean {
    const { entities: now } = this.spans;
    const at = this.selected ? now.indexOf(this.selected) + by : by > 0 ? 0 : now.length - 1;
    const next = now[Math.min(Math.max(at, 0), now.length - 1)];
    if (next) {
      this.selectFromList(next);
      if (inList) {
        this.focusRow(next);
      }
    }
    return next !== undefined;
  }

  protected selectFromList(entity: Entity): void {
    this.selected = entity;
    this.picked = null;
    this.news = `“${excerpt(this.text, entity)}” is ${entity.label}.`;
    this.view.reveal(entity.start);
  }

  private focusRow(entity: Entity | undefined): void {
    this.selected = entity ?? null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.span-row[tabindex="0"]')?.focus());
  }

  protected hide(label: string): void {
    const hidden = new Set(this.hiddenLabels);
    this.hiddenLabels = hidden.delete(label) ? hidden : hidden.add(label);
  }

  private hideAll(): true {
    this.hiddenLabels = new Set(this.hiddenLabels.size > 0 ? [] : this.spans.entities.map(({ label }) => label));
    return true;
  }
}

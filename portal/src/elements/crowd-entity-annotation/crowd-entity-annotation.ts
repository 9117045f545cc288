import { html, nothing, type PropertyValues } from "lit";
import { property, query } from "lit/decorators.js";
import type { CrowdForm } from "../crowd-form/crowd-form";
import { closestAcrossShadow } from "../internal/control";
import { announceChange, define } from "../internal/element";
import type { Json } from "../internal/relaxed-json";
import { shortcutsDialog } from "../internal/shortcuts";
import "../internal/text/annotated-text";
import type { Pick } from "../internal/text/annotated-text";
import { chooser, placeChooser } from "./chooser";
import { styles } from "./crowd-entity-annotation.styles";
import { EntityEditor } from "./entity-editor";
import { labelsOf } from "./labels";
import { excerpt, labelPane } from "./pane";
import { SHORTCUTS } from "./shortcuts";

/** Asks to mark spans of a text. Self-contained: it has a form and a Submit button of its own. */
export class CrowdEntityAnnotation extends EntityEditor {
  static override styles = styles;
  static override readonly jsonAttributes = { labels: "labels", "initial-value": "initialValue" };

  /** The text, shown as it is. */
  @property() text = "";

  @query("crowd-form") private form!: CrowdForm | null;

  private givenLabels: Json | undefined;
  private given: Json | undefined;
  private readonly onResize = (): void => this.requestUpdate();

  /** The labels; a new list re-renders. Spans keep a label that is gone from it. */
  @property({ attribute: false })
  get labels(): Json {
    return this.givenLabels ?? [];
  }

  set labels(labels: Json | undefined) {
    this.givenLabels = labels;
    this.choices = labelsOf(labels);
    this.marks = new WeakMap();
    this.armed = this.choices.some(({ label }) => label === this.armed) ? this.armed : "";
    this.requestUpdate();
  }

  /** The spans to begin with; new ones replace the worker's. */
  @property({ attribute: false })
  get initialValue(): Json {
    return this.given ?? [];
  }

  set initialValue(value: Json | undefined) {
    this.given = value;
    this.requestUpdate();
  }

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> {
    this.load();
    return this.spans.answer();
  }

  get innerForm(): Element | null {
    return this.form;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("resize", this.onResize);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("resize", this.onResize);
  }

  restore(saved: Json | undefined): void {
    this.load();
    if (this.spans.restore(saved)) {
      this.letGoOfAll();
      announceChange(this);
    }
  }

  reset(): void {
    this.load();
    this.spans.reset();
    this.letGoOfAll();
  }

  problem(): string | null {
    return null;
  }

  override focus(): void {
    this.view.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.load();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    placeChooser(this.renderRoot, this.view, this.selected ?? this.picked);
  }

  protected override content(): unknown {
    const within = this.outerForm !== null;
    return html`<crowd-form class=${within ? "within" : ""} @submit=${this.passOn}>${super.content()}</crowd-form>`;
  }

  protected override work(): unknown {
    const entities = this.spans.entities;
    const shown = this.hiddenLabels.size > 0 ? entities.filter(({ label }) => !this.hiddenLabels.has(label)) : entities;
    return html`<div class="sheet">
        <groundwork-text
          .text=${this.text}
          .marks=${shown.map((entity) => this.markOf(entity))}
          .current=${this.selected && shown.includes(this.selected) ? this.markOf(this.selected) : null}
          .name=${this.header || "Text"}
          @pick=${this.onPick}
          @press=${this.onPress}
          @unmark=${this.onUnmark}
        ></groundwork-text>
        ${this.selected || this.picked
          ? chooser({
              labels: this.choices,
              keys: this.keys,
              current: this.selected?.label ?? null,
              quote: excerpt(this.text, this.selected ?? (this.picked as Pick)),
              onLabel: (label) => this.choose(label),
              onRemove: () => this.removeEntity(this.selected),
            })
          : nothing}
      </div>
      <div class="away" role="status">${this.news}</div>`;
  }

  protected override pane(): unknown {
    return labelPane({
      text: this.text,
      labels: this.choices,
      keys: this.keys,
      entities: this.spans.entities,
      armed: this.armed,
      hidden: this.hiddenLabels,
      selected: this.selected,
      canUndo: this.spans.canUndo,
      canRedo: this.spans.canRedo,
      onLabel: (label) => this.choose(label),
      onHide: (label) => this.hide(label),
      onSelect: (entity) => this.selectFromList(entity),
      onRemove: (entity) => this.removeEntity(entity),
      onRemoveAll: () => this.removeAll(),
      onUndo: this.acts.undo,
      onRedo: this.acts.redo,
    });
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog(SHORTCUTS);
  }

  protected override focusForProblem(): void {
    this.focus();
  }

  private get outerForm(): CrowdForm | null {
    return this.parentElement && (closestAcrossShadow(this.parentElement, "crowd-form") as CrowdForm | null);
  }

  /** A form around this one submits in its place: the answer is one, and so is its submit. */
  private passOn(event: Event): void {
    const outer = this.outerForm;
    if (outer && event.target === this.form) {
      event.preventDefault();
      outer.submit();
    }
  }

  /** Take over the text and the spans of the template, if either changed. */
  private load(): void {
    if (this.spans.load(this.text, this.given)) {
      this.letGoOfAll();
    }
  }

}

define("crowd-entity-annotation", CrowdEntityAnnotation);

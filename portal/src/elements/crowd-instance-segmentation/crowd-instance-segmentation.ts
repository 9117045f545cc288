import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import { iconButton } from "../internal/annotation/shape-list";
import { define } from "../internal/element";
import { iconTemplate } from "../internal/icons";
import type { Ink } from "../internal/mask/easel";
import { MOST_VALUES } from "../internal/mask/label-grid";
import { freeColor, type MaskEntry } from "../internal/mask/mask-colors";
import { MaskWidget } from "../internal/mask/mask-widget";
import { savedInstances } from "../internal/mask/saved-mask";
import type { Json } from "../internal/relaxed-json";
import type { Shortcut } from "../internal/shortcuts";
import { styles } from "./crowd-instance-segmentation.styles";

/** Asks for the pixels of each thing in an image: several instances of a label, each in a color of its own. */
export class CrowdInstanceSegmentation extends MaskWidget<readonly MaskEntry[]> {
  static override styles = styles;

  /** Value of the instance that is painted; 0 when the next stroke begins a new one. */
  @state() private selected = 0;
  @state() private unseen: ReadonlySet<number> = new Set();

  protected override entries(list: readonly MaskEntry[]): readonly MaskEntry[] {
    return list.filter((instance) => this.labels.includes(instance.label));
  }

  protected override savedEntries(saved: Json | undefined): readonly MaskEntry[] {
    return savedInstances(saved);
  }

  protected override listOf(entries: readonly MaskEntry[]): readonly MaskEntry[] {
    return entries;
  }

  protected override naming(used: readonly MaskEntry[]): Record<string, Json> {
    return { instances: used.map(({ color, label }) => ({ color, label })) };
  }

  protected override veiled(): ReadonlySet<number> {
    return this.unseen;
  }

  protected override ink(): Ink | null {
    return this.instances.find((each) => each.value === this.selected) ?? this.nextInstance();
  }

  protected override prepareInk(): boolean {
    return this.instances.some((each) => each.value === this.selected) || this.add();
  }

  protected override countOf(label: string): number {
    return this.instances.filter((each) => each.label === label).length;
  }

  protected override labelChosen(label: string): void {
    this.select(this.instances.findLast((each) => each.label === label)?.value ?? 0);
    super.labelChosen(label);
  }

  protected override emptied(): readonly MaskEntry[] {
    return [];
  }

  protected override listChanged(): void {
    if (!this.instances.some((each) => each.value === this.selected)) {
      this.selected = this.instances.findLast((each) => each.label === this.label)?.value ?? 0;
    }
    this.drawAll();
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    return [[["N"], "Add an instance of the label"], [["Delete"], "Delete the instance"], ...super.ownShortcuts()];
  }

  protected override takeLetter(event: KeyboardEvent): boolean {
    return event.key.toLowerCase() === "n" ? this.addByHand() : super.takeLetter(event);
  }

  protected override takeStageKey(event: KeyboardEvent): boolean {
    const instance = this.instances.find((each) => each.value === this.selected);
    if (event.key === "Delete" && instance) {
      this.discard(instance);
      return true;
    }
    return super.takeStageKey(event);
  }

  protected override belowLabels(): unknown {
    return html`<section class="shape-list" aria-label="Instances">
        <div class="list-head"><p class="list-title">Instances <span class="count">${this.instances.length}</span></p></div>
        <ol>
          ${this.labels.flatMap((label) => this.instances.filter((each) => each.label === label)).map((each) => this.row(each))}
        </ol>
        <button type="button" class="quiet" ?disabled=${this.label === ""} aria-keyshortcuts="N" @click=${() => this.addByHand()}>
          ${iconTemplate("add")}Add instance${this.label === "" ? "" : ` of ${this.label}`}
        </button>
      </section>
      ${super.belowLabels()}`;
  }

  private get instances(): readonly MaskEntry[] {
    return this.board ? this.entries(this.board.grid.list) : [];
  }

  private row(instance: MaskEntry): TemplateResult {
    const veiled = this.unseen.has(instance.value);
    const name = this.nameOf(instance);
    const selected = instance.value === this.selected;
    return html`<li class=${selected ? "selected" : ""}>
      <button type="button" class="pick" aria-pressed=${String(selected)} @click=${() => this.pick(instance)}>
        <span class="swatch" style=${styleMap({ background: instance.color })}></span><span class="label-text">${name}</span>
      </button>
      ${iconButton(`${veiled ? "Show" : "Hide"} ${name}`, veiled ? "visibility-off" : "visibility", () => this.setVeil(instance.value, !veiled))}
      ${iconButton(`Delete ${name}`, "delete", () => this.discard(instance))}
    </li>`;
  }

  private nameOf({ label, value }: MaskEntry): string {
    const place = this.instances.filter((each) => each.label === label).findIndex((each) => each.value === value);
    return `${label} ${place + 1}`;
  }

  /** The instance that would be next; null when a mask holds no more of them, or there is no label. */
  private nextInstance(): MaskEntry | null {
    const list = this.board?.grid.list ?? [];
    const values = new Set(list.map((each) => each.value));
    const value = Array.from({ length: MOST_VALUES }, (_, index) => index + 1).find((each) => !values.has(each));
    const color = freeColor(new Set(list.map((each) => each.color.toLowerCase())));
    return value === undefined || this.label === "" ? null : { value, label: this.label, color };
  }

  private add(): boolean {
    const next = this.nextInstance();
    if (!this.board || !next) {
      this.say(this.label === "" ? "There is no label to paint with." : `A mask holds at most ${MOST_VALUES} instances.`, true);
      return false;
    }
    this.board.grid.list = [...this.board.grid.list, next];
    this.selected = next.value;
    this.drawAll();
    return true;
  }

  private addByHand(): boolean {
    if (this.add()) {
      super.labelChosen(this.label);
      this.endAct();
    }
    return true;
  }

  private pick(instance: MaskEntry): void {
    this.choose(instance.label);
    this.select(instance.value);
  }

  private select(value: number): void {
    this.selected = value;
    this.setVeil(value, false);
  }

  private setVeil(value: number, on: boolean): void {
    const others = [...this.unseen].filter((each) => each !== value);
    this.unseen = new Set(on ? [...others, value] : others);
    this.drawAll();
  }

  private discard(instance: MaskEntry): void {
    const { board } = this;
    if (board) {
      board.eraseAll(instance.value);
      board.grid.list = board.grid.list.filter((each) => each !== instance);
      this.endAct();
    }
  }
}

define("crowd-instance-segmentation", CrowdInstanceSegmentation);

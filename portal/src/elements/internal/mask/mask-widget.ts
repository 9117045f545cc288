import { html, nothing, type PropertyValues, render } from "lit";
import { property, query, state } from "lit/decorators.js";
import type { Size } from "../annotation/geometry";
import { ImageTool, type Tool } from "../annotation/image-tool";
import type { PointerTool } from "../annotation/stage";
import { announceChange } from "../element";
import { reportFailure } from "../failed-resource";
import { iconTemplate } from "../icons";
import type { Json } from "../relaxed-json";
import type { Shortcut } from "../shortcuts";
import type { Easel, Ink } from "./easel";
import { LabelGrid, UNPAINTED } from "./label-grid";
import { MaskBoard } from "./mask-board";
import type { MaskEntry } from "./mask-colors";
import { maskShortcuts } from "./mask-shortcuts";
import { maskStyles } from "./mask-widget.styles";
import { addressOf, initialMask, isOptional, isSavedMask, savedMask, type SavedMask } from "./saved-mask";
import { Toolbox } from "./toolbox";

/** Characters of a mask's picture that the portal takes at most, with room for the rest of the answer. */
const LONGEST_PICTURE = 5_200_000;
const ERASER: Ink = { value: UNPAINTED, color: "#ffffff" };

/** The stage captures the pointer, and then a button on it would get no click. */
const keepFromStage = (event: Event): void => event.stopPropagation();

/** Widgets that ask for a mask: what each pixel of an image belongs to. `List` is what the worker changes besides pixels. */
export abstract class MaskWidget<List> extends ImageTool {
  static override styles = maskStyles;

  @property({ attribute: false }) override initialValue: Json | undefined = undefined;

  /** What is painted; null until the image and the initial mask are there. */
  @state() protected board: MaskBoard<List> | null = null;
  @state() private shown = true;
  /** Whether the initial mask did not load. */
  @state() private trouble = false;
  /** Whether the worker begins without the initial mask, which did not load and may be left away. */
  private without = false;
  @query("canvas.mask") private canvas!: HTMLCanvasElement | null;
  @query("canvas.lines") private lines!: HTMLCanvasElement | null;

  private draft: SavedMask | null = null;
  private loads = 0;
  private warned = false;
  private readonly toolbox = new Toolbox(this.easel(), () => this.toolsChanged());

  constructor() {
    super(60, null);
  }

  get pointerTool(): PointerTool {
    return this.toolbox.inHand;
  }

  /** The answer as it stands, a copy of its own each time. */
  get value(): Record<string, Json> | null {
    return this._submittableValue;
  }

  get _submittableValue(): Record<string, Json> | null {
    const { board } = this;
    if (!board) {
      return this.draft && { ...structuredClone(this.draft) };
    }
    const used = board.grid.usedValues();
    const entries = this.entries(board.grid.list);
    return {
      ...this.imageProperties(),
      ...this.naming(entries.filter((entry) => used.has(entry.value))),
      labeledImage: { pngImageData: board.picture(entries) },
      ...(this.initialValue === undefined ? {} : { initialValueModified: board.modified }),
    };
  }

  restore(saved: Json | undefined): void {
    if (isSavedMask(saved)) {
      this.draft = saved;
      void this.load();
    }
  }

  reset(): void {
    this.draft = null;
    this.without = false;
    this.toolbox.inHand.putDown();
    void this.load();
  }

  override problem(): string | null {
    const absent = super.problem();
    const { board } = this;
    if (absent || !board) {
      return absent ?? (this.trouble ? "The earlier mask could not be loaded." : "The earlier mask is not there yet.");
    }
    if (this.toolbox.outline.unfinished && !this.warned) {
      this.warned = true;
      return "A polygon is not filled yet. Press Enter to fill it; submitting again leaves it out.";
    }
    const { length } = board.picture(this.entries(board.grid.list));
    return length > LONGEST_PICTURE
      ? `The mask is too detailed to be sent: ${(length / 1e6).toFixed(1)} MB of ${LONGEST_PICTURE / 1e6} at most. Please simplify it.`
      : null;
  }

  override sizeChanged(size: Size | null): void {
    this.toolbox.resetFor(size);
    void this.load();
  }

  override viewChanged(): void {
    this.redraw();
  }

  /** What can be painted now, by the list. */
  protected abstract entries(list: List): readonly MaskEntry[];

  /** The names and colors of an answer or an initial value, with the values they shall have. */
  protected abstract savedEntries(saved: Json | undefined): readonly MaskEntry[];

  /** The list that goes with saved entries. */
  protected abstract listOf(entries: readonly MaskEntry[]): List;

  /** What an answer says about the entries that are in the mask. */
  protected abstract naming(used: readonly MaskEntry[]): Record<string, Json>;

  /** What is painted with, without an eraser; null when there is nothing. */
  protected abstract ink(): Ink | null;

  /** Painting begins: make what is painted with, as part of the act; false, with a word to the worker, when it can't be. */
  protected prepareInk(): boolean {
    return true;
  }

  /** Values that are not shown. */
  protected veiled(): ReadonlySet<number> {
    return new Set();
  }

  /** The list when everything is erased. */
  protected emptied(list: List): List {
    return list;
  }

  /** The list may have changed with the last step. */
  protected listChanged(): void {}

  protected get canUndo(): boolean {
    return this.toolbox.outline.unfinished || this.board?.grid.canUndo === true;
  }

  protected get canRedo(): boolean {
    return this.board?.grid.canRedo === true;
  }

  protected undo(): void {
    if (this.toolbox.outline.takeBack()) {
      this.requestUpdate();
    } else {
      this.board?.undo();
      this.stepped();
    }
  }

  protected redo(): void {
    this.board?.redo();
    this.stepped();
  }

  /** End an act of the worker. */
  protected endAct(): void {
    if (this.board?.grid.endAct()) {
      this.stepped();
    }
  }

  /** Draw the whole mask anew: colors or what is veiled changed. */
  protected drawAll(): void {
    const veiled = this.veiled();
    this.board?.show(this.entries(this.board.grid.list).filter((entry) => !veiled.has(entry.value)));
    this.redraw();
  }

  protected override labelsChanged(): void {
    this.drawAll();
  }

  protected override labelChosen(_label: string): void {
    this.say(null);
    this.toolbox.erase(false);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("initialValue") && this.stage.size) {
      this.without = false;
      void this.load();
    }
  }

  protected override tools(): readonly Tool[] {
    const icon = this.shown ? "visibility" : "visibility-off";
    const hide: Tool = { name: "Hide the mask", icon, key: "H", pressed: !this.shown, act: () => this.toggleMask() };
    return [...this.toolbox.buttons(), hide];
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    return maskShortcuts;
  }

  protected override get keyboardHint(): string {
    return "Press S for superpixels or P for a polygon, then the arrow keys.";
  }

  protected override guidance(): string {
    if (this.trouble) {
      return "The earlier mask could not be loaded.";
    }
    const readable = this.toolbox.readable ? "" : " This page may not read the image, so there are no superpixels.";
    return this.board || !this.stage.size ? this.toolbox.inHand.hint + readable : "The earlier mask is being loaded …";
  }

  protected override layers(): unknown {
    const { superpixels, inHand } = this.toolbox;
    return html`<canvas class="mask" ?hidden=${!this.shown} aria-hidden="true"></canvas>
      <canvas class="lines" ?hidden=${inHand !== superpixels || !superpixels.map} aria-hidden="true"></canvas>`;
  }

  protected override overStage(): unknown {
    return this.trouble
      ? html`<div class="failed trouble" role="alert" @pointerdown=${keepFromStage}>
          <p>The earlier mask could not be loaded. ${
            isOptional(this.initialValue)
              ? "If it stays away, start without it."
              : "If it stays away, report the task with the button of the portal."
          }</p>
          <button type="button" @click=${() => void this.load()}>Try again</button>
          ${
            isOptional(this.initialValue)
              ? html`<button type="button" @click=${() => this.beginWithout()}>Start without it</button>`
              : nothing
          }
        </div>`
      : nothing;
  }

  protected override belowLabels(): unknown {
    return html`${this.toolbox.sizeControl()}
      <button type="button" class="quiet" ?disabled=${!this.board} @click=${() => this.eraseAll()}>
        ${iconTemplate("delete-sweep")}Erase all
      </button>`;
  }

  /** Space is the tool's where the keyboard's cursor is, and moves the image elsewhere. */
  protected override takeKey(event: KeyboardEvent): boolean {
    const { inHand } = this.toolbox;
    const target = event.composedPath()[0];
    const free = target === this.stage.element || target === document.body;
    const atCursor = event.key === " " && inHand.hasCursor && free && !event.ctrlKey;
    return (atCursor && inHand.takeKey(event)) || super.takeKey(event);
  }

  protected override takeStageKey(event: KeyboardEvent): boolean {
    return this.board !== null && !event.altKey && this.toolbox.inHand.takeKey(event);
  }

  protected override takeLetter({ key }: KeyboardEvent): boolean {
    return key.toLowerCase() === "h" ? this.toggleMask() : this.toolbox.takeLetter(key);
  }

  private easel(): Easel {
    return {
      stage: this.stage,
      ink: () => (this.board && this.toolbox.erasing ? ERASER : this.preparedInk()),
      paint: (area, ink) => this.board?.paint(area, ink.value),
      endAct: () => this.endAct(),
      abandonAct: () => {
        this.board?.abandonAct();
        this.listChanged();
        this.requestUpdate();
      },
      redraw: () => this.redraw(),
      say: (text, bad) => {
        this.say(text, bad);
        this.requestUpdate();
      },
    };
  }

  private preparedInk(): Ink | null {
    if (!this.board || !this.prepareInk()) {
      return null;
    }
    const ink = this.ink();
    if (!ink) {
      this.say("There is no label to paint with.", true);
    }
    return ink;
  }

  /** Take everything away in one act. */
  private eraseAll(): void {
    const { board } = this;
    if (board) {
      board.abandonAct();
      this.toolbox.inHand.putDown();
      board.clear();
      board.grid.list = this.emptied(board.grid.list);
      this.endAct();
    }
  }

  private beginWithout(): void {
    this.without = true;
    void this.load();
  }

  private toggleMask(): boolean {
    this.shown = !this.shown;
    return true;
  }

  private stepped(): void {
    this.warned = false;
    this.complaint = "";
    this.listChanged();
    this.requestUpdate();
    announceChange(this);
  }

  private toolsChanged(): void {
    if (this.lines && this.toolbox.inHand === this.toolbox.superpixels) {
      this.toolbox.superpixels.drawLines(this.lines);
    }
    this.redraw();
    this.requestUpdate();
  }

  /** Draw the tool over the image, without rendering the rest. */
  private redraw(): void {
    const { world } = this.stage;
    if (world) {
      const ink = this.toolbox.erasing || !this.board ? ERASER : (this.ink() ?? ERASER);
      render(this.toolbox.inHand.draw(ink.color), world);
    }
  }

  /** Begin with the draft, or the initial mask; of several calls the last one counts. */
  private async load(): Promise<void> {
    const load = ++this.loads;
    const { draft, initialValue } = this;
    const { size } = this.stage;
    this.board = null;
    this.trouble = false;
    if (!size) {
      return;
    }
    try {
      const given = this.without ? undefined : initialValue;
      const entries = this.savedEntries(draft ?? given);
      const initial = await initialMask(given, this.savedEntries(given), size);
      const values = draft ? await savedMask(draft, entries, size) : initial?.slice();
      if (load === this.loads && this.canvas) {
        const grid = new LabelGrid(size.width, size.height, this.listOf(entries), values);
        this.board = new MaskBoard(grid, initial, this.canvas);
        this.listChanged();
        this.drawAll();
      }
    } catch {
      if (load === this.loads) {
        this.trouble = true;
        reportFailure(this, addressOf(initialValue), (fresh) => {
          this.initialValue = { ...(initialValue as Record<string, Json>), src: fresh };
        });
      }
    }
  }
}

import { type CSSResultGroup, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { digitShortcut, keysOf } from "../classifier-keys";
import type { Json } from "../relaxed-json";
import { type Shortcut, shortcutsDialog } from "../shortcuts";
import { Widget } from "../widget";
import { type Display, displayControls, displayStyle, plainDisplay } from "./display";
import type { Size } from "./geometry";
import { imageToolStyles } from "./image-tool.styles";
import { labelColor, labelList } from "./label-list";
import { type PointerTool, Stage, type StageHost } from "./stage";
import { type Tool, toolButton } from "./tool-bar";
import type { View } from "./view";

export type { Tool };

/** Widgets in which something is drawn on an image: the stage, the tool bar, the labels, keys, undo and display. */
export abstract class ImageTool extends Widget implements StageHost {
  static override styles: CSSResultGroup = imageToolStyles;
  static override readonly jsonAttributes: Readonly<Record<string, string>> = {
    labels: "labels",
    "initial-value": "initialValue",
  };

  /** Address of the image. */
  @property() src = "";

  @state() protected display: Display;
  @state() private hint: { readonly text: string; readonly bad: boolean } | null = null;

  protected readonly stage: Stage = new Stage(this);
  private readonly plain: Display;
  private choices: readonly string[] = [];
  private colors: readonly string[] = [];
  private chosen = "";
  private readonly onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === " ") {
      this.stage.panning = false;
    }
  };
  private readonly onBlur = (): void => {
    this.stage.panning = false;
  };

  /** `opacity` is that of fills at first, in percent; `crosshair` is null where there is none. */
  constructor(opacity: number, crosshair: boolean | null = true) {
    super();
    this.plain = plainDisplay(opacity, crosshair);
    this.display = this.plain;
  }

  /** The labels; a new list re-renders. */
  @property({ attribute: false })
  get labels(): readonly string[] {
    return this.choices;
  }

  set labels(labels: readonly string[] | null | undefined) {
    this.choices = Array.isArray(labels) ? labels.map(String) : [];
    if (!this.choices.includes(this.chosen)) {
      this.chosen = this.choices[0] ?? "";
    }
    this.labelsChanged();
    this.requestUpdate();
  }

  /** The template's own colours, by place in the list of labels. */
  @property({ attribute: false })
  get labelColors(): readonly string[] {
    return this.colors;
  }

  set labelColors(colors: readonly string[] | null | undefined) {
    this.colors = Array.isArray(colors) ? colors.map(String) : [];
    this.labelsChanged();
    this.requestUpdate();
  }

  /** The label of what is drawn next; empty when there is none to choose. */
  get label(): string {
    return this.chosen;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keyup", this.onKeyUp);
    window.addEventListener("blur", this.onBlur);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keyup", this.onKeyUp);
    window.removeEventListener("blur", this.onBlur);
  }

  /** What the template gave to begin with. */
  abstract initialValue: Json | undefined;
  abstract get pointerTool(): PointerTool;

  viewChanged(_view: View): void {}

  sizeChanged(_size: Size | null): void {}

  problem(): string | null {
    return this.stage.size ? null : "The image is not there yet.";
  }

  /** How to work without a pointer, as a sentence. */
  protected get keyboardHint(): string {
    return "Press N to draw with the keyboard.";
  }

  /** What is drawn differs in nothing but its colours, or in the labels there are. */
  protected labelsChanged(): void {}

  /** The worker chose a label. */
  protected labelChosen(_label: string): void {}

  protected abstract undo(): void;
  protected abstract redo(): void;
  protected abstract readonly canUndo: boolean;
  protected abstract readonly canRedo: boolean;

  /** Tools of its own, right of undo and redo. */
  protected abstract tools(): readonly Tool[];

  /** Lines of its own of the Shortcuts dialog. */
  protected abstract ownShortcuts(): readonly Shortcut[];

  /** What the worker can do now, as a sentence for the status line. */
  protected abstract guidance(): string;

  /** How many things carry a label; undefined when nothing is counted. */
  protected countOf(_label: string): number | undefined {
    return undefined;
  }

  /** What lies on the image and moves with it. */
  protected layers(): unknown {
    return nothing;
  }

  /** What lies on the stage. */
  protected overStage(): unknown {
    return nothing;
  }

  /** What stands below the labels. */
  protected belowLabels(): unknown {
    return nothing;
  }

  /** Take a key together with Ctrl (or Cmd); true when it was one. */
  protected takeCommand(_event: KeyboardEvent): boolean {
    return false;
  }

  /** Take a key while the stage or nothing is focused; true when it was one. */
  protected takeStageKey(_event: KeyboardEvent): boolean {
    return false;
  }

  /** Take a letter, wherever the focus is but in text; true when it was one. */
  protected takeLetter(_event: KeyboardEvent): boolean {
    return false;
  }

  /** Say something in the status line; null goes back to the guidance. */
  protected say(text: string | null, bad = false): void {
    this.hint = text === null ? null : { text, bad };
  }

  /** `inputImageProperties` of the answer. */
  protected imageProperties(): Record<string, Json> {
    const { size } = this.stage;
    return size ? { inputImageProperties: { height: size.height, width: size.width } } : {};
  }

  protected colorOf(label: string): string {
    return labelColor(label, this.choices, this.colors);
  }

  protected choose(label: string): void {
    this.chosen = label;
    this.labelChosen(label);
    this.requestUpdate();
  }

  protected override focusForProblem(): void {
    this.stage.element?.focus();
  }

  protected override work(): unknown {
    return html`<div class="bar" role="toolbar" aria-label="Tools" @click=${this.backToStage}>
        ${toolButton({ name: "Zoom out", icon: "remove", key: "-", act: () => this.stage.zoomStep(-1) })}
        ${toolButton({ name: "Zoom in", icon: "add", key: "+", act: () => this.stage.zoomStep(1) })}
        ${toolButton({ name: "Fit", text: "Fit", key: "F", act: () => this.stage.fit() })} ${this.stage.percentage()}
        <span class="gap"></span>
        ${toolButton({ name: "Undo", icon: "undo", key: "Control+Z", disabled: !this.canUndo, act: () => this.undo() })}
        ${toolButton({ name: "Redo", icon: "redo", key: "Control+Y", disabled: !this.canRedo, act: () => this.redo() })}
        <span class="gap"></span>
        ${this.tools().map(toolButton)}
      </div>
      ${this.stage.template({
        label: `${this.header || "Image"}. ${this.keyboardHint}`,
        alternative: "Image to label",
        style: displayStyle(this.display),
        layers: this.layers(),
        over: this.overStage(),
      })}
      <div class="status ${this.hint?.bad ? "bad" : ""}" role="status">${this.hint?.text ?? this.guidance()}</div>`;
  }

  protected override pane(): unknown {
    return html`<div @click=${this.backToStage}>
        ${labelList(
          this.choices.map((label) => ({ label, color: this.colorOf(label), count: this.countOf(label) })),
          this.chosen,
          (label) => this.choose(label),
        )}
      </div>
      <div class="complaint" role="alert">${this.complaint}</div>
      ${this.belowLabels()}
      ${displayControls(this.display, this.plain, (next) => {
        this.display = next;
      })}`;
  }

  protected override shortcutsDialog(): unknown {
    return shortcutsDialog([
      digitShortcut(this.choices, "Choose", "label", "labels"),
      ...this.ownShortcuts(),
      [["Ctrl+Z"], "Undo"],
      [["Ctrl+Shift+Z", "Ctrl+Y"], "Redo"],
      [["+", "−", "F"], "Zoom in, zoom out, fit (the mouse wheel zooms, too)"],
      [["Space"], "Hold and drag to move the image; the middle button does so alone"],
      [["F6"], "Go to the labels, the tools, the image"],
      [["Ctrl+Enter"], "Submit"],
    ]);
  }

  protected override takeKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) {
      return !event.altKey && (this.takeHistoryKey(event) || this.takeCommand(event));
    }
    if (this.isIdle(event) && (this.takeSpace(event) || this.takeStageKey(event))) {
      return true;
    }
    if (event.key === "F6") {
      this.focusNextRegion();
      return true;
    }
    return !event.altKey && (this.takeDigit(event) || this.stage.takeKey(event.key) || this.takeLetter(event));
  }

  /** A press with the pointer leaves the keys to the stage, so that Enter and Space don't press the button again. */
  private backToStage(event: MouseEvent): void {
    if (event.detail > 0) {
      this.stage.element?.focus({ preventScroll: true });
    }
  }

  /** Whether the keys are the stage's: it has the focus, or nothing has. */
  private isIdle(event: KeyboardEvent): boolean {
    const target = event.composedPath()[0];
    const { element } = this.stage;
    return (
      target === document.body ||
      target === document.documentElement ||
      (target instanceof Node && element?.contains(target) === true)
    );
  }

  /** From the image to the labels, the tools and back: the Tab key alone would pass every shape. */
  private focusNextRegion(): void {
    const regions = [".stage", ".label-pane-content", ".bar"].map((each) =>
      this.renderRoot.querySelector<HTMLElement>(each),
    );
    const held = this.shadowRoot?.activeElement ?? null;
    const at = regions.findIndex((each) => each?.contains(held));
    const next = regions[(at + 1) % regions.length];
    (next?.matches(".stage") ? next : next?.querySelector<HTMLElement>("button.selected, button:enabled"))?.focus();
  }

  private takeSpace(event: KeyboardEvent): boolean {
    if (event.key === " ") {
      this.stage.panning = true;
    }
    return event.key === " ";
  }

  private takeHistoryKey(event: KeyboardEvent): boolean {
    const key = event.key.toLowerCase();
    if (key === "y" || (key === "z" && event.shiftKey)) {
      this.redo();
    } else if (key === "z") {
      this.undo();
    } else {
      return false;
    }
    return true;
  }

  private takeDigit(event: KeyboardEvent): boolean {
    const label = this.choices[keysOf(this.choices).indexOf(event.key)];
    if (label === undefined) {
      return false;
    }
    if (!event.repeat) {
      this.choose(label);
    }
    return true;
  }
}

import type { PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { announceChange } from "../element";
import type { Json } from "../relaxed-json";
import type { Shortcut } from "../shortcuts";
import { crosshair, moveCrosshair } from "./crosshair";
import { Drawer } from "./drawer";
import type { Point, Size } from "./geometry";
import { drawingGuidance, selectionGuidance } from "./guidance";
import { ImageTool } from "./image-tool";
import { imageToolStyles } from "./image-tool.styles";
import type { Kind } from "./kind";
import { type EditorListener, type Shape, ShapeEditor } from "./shape-editor";
import { type ReadShape, readShapes, sameShapes, type ShapeFormat, writeShapes } from "./shape-format";
import { ShapeKeys, shapeShortcuts } from "./shape-keys";
import { ShapeLayer } from "./shape-layer";
import { shapeList } from "./shape-list";
import { ShapePointer, type Under } from "./shape-pointer";
import { shapeListStyles } from "./shape-list.styles";
import { shapeToolStyles } from "./shape-tool.styles";
import { shapeTools } from "./shape-tools";
import type { PointerTool } from "./stage";
import type { Tool } from "./tool-bar";
import { toStage } from "./view";

/** What sets one shape tool apart from the others. */
export interface ShapeToolPart {
  readonly kind: Kind;
  readonly format: ShapeFormat;
  /** The kind's name for several, as a title. */
  readonly plural: string;
  /** What to do with the mouse, as a sentence. */
  readonly guidance: string;
  /** Leave out shapes of `initial-value` with a label that is not in the list. */
  readonly onlyKnownLabels?: boolean;
}

/** Widgets in which labelled shapes are drawn on an image. */
export abstract class ShapeTool extends ImageTool {
  static override styles = [imageToolStyles, shapeListStyles, shapeToolStyles];

  protected readonly editor: ShapeEditor;
  private readonly drawer: Drawer;
  private readonly keys: ShapeKeys;
  private readonly layer: ShapeLayer;
  private readonly pointer: ShapePointer;
  private given: Json | undefined;
  /** Whether the shapes are a draft's, so that new labels don't bring the initial ones back. */
  private drafted = false;
  private warned = false;

  constructor(private readonly design: ShapeToolPart) {
    super(design.kind.closed ? 20 : 100);
    const listener: EditorListener = {
      live: () => this.draw(),
      settled: (edited) => this.settled(edited),
      say: (text, bad) => this.say(text, bad),
    };
    this.editor = new ShapeEditor(design.kind, listener);
    this.drawer = new Drawer(this.editor, () => this.label, listener);
    this.keys = new ShapeKeys(this.stage, this.editor, this.drawer);
    this.pointer = new ShapePointer(this.stage, this.editor, this.drawer, (at, under) => this.showPointer(at, under));
    this.layer = new ShapeLayer(
      this.editor,
      this.drawer,
      ({ label, points }, index) => `${label}, ${design.kind.noun} ${index + 1}, ${design.kind.place(points)}`,
      (label) => this.colorOf(label),
      () => this.label,
    );
  }

  /** Shapes to begin with; a new value starts over. */
  @property({ attribute: false })
  get initialValue(): Json | undefined {
    return this.given;
  }

  set initialValue(value: Json | undefined) {
    this.given = value ?? undefined;
    this.reset();
  }

  override get pointerTool(): PointerTool {
    return this.pointer;
  }

  get _submittableValue(): Record<string, Json> {
    const { key } = this.design.format;
    const shapes = this.written(this.editor.shapes);
    const modified = !sameShapes(shapes, this.written(this.initial()));
    return {
      [key]: shapes,
      ...(this.given === undefined ? {} : { initialValueModified: modified }),
      ...this.imageProperties(),
    };
  }

  /** The answer object as it stands, a copy of its own each time. */
  get value(): Record<string, Json> {
    return this._submittableValue;
  }

  restore(saved: Json | undefined): void {
    const { format } = this.design;
    if (typeof saved === "object" && saved !== null && Object.hasOwn(saved, format.key)) {
      this.drafted = true;
      this.drawer.cancel();
      this.editor.load(readShapes(saved, format));
      announceChange(this);
    }
  }

  reset(): void {
    this.drafted = false;
    this.complaint = "";
    this.drawer.cancel();
    this.editor.load(this.initial());
  }

  override problem(): string | null {
    const problem = super.problem();
    const unfinished = this.drawer.points.length > 0;
    if (problem === null && unfinished && !this.warned) {
      this.warned = true;
      return `A ${this.design.kind.noun} is not finished. Finish it, or submit again to discard it.`;
    }
    if (problem === null) {
      this.drawer.cancel();
    }
    return problem;
  }

  override viewChanged(): void {
    this.showCursor();
  }

  override sizeChanged(size: Size | null): void {
    this.editor.size = size;
    this.draw();
  }

  protected override labelsChanged(): void {
    if (this.design.onlyKnownLabels && !this.drafted && !this.editor.canUndo) {
      this.reset();
    }
    this.draw();
  }

  /** While a shape is selected that the worker asked for, a label goes to it, else to what is drawn next. */
  protected override labelChosen(label: string): void {
    if (this.editor.picked && !this.drawer.active) {
      this.editor.relabel(label);
    }
    this.draw();
  }

  protected override undo(): void {
    if (this.drawer.canUndo) {
      this.drawer.undo();
    } else {
      this.editor.undo();
    }
  }

  protected override redo(): void {
    if (this.drawer.active) {
      this.drawer.redo();
    } else {
      this.editor.redo();
    }
  }

  protected override get canUndo(): boolean {
    return this.drawer.canUndo || this.editor.canUndo;
  }

  protected override get canRedo(): boolean {
    return this.drawer.active ? this.drawer.canRedo : this.editor.canRedo;
  }

  protected override countOf(label: string): number {
    return this.editor.shapes.reduce((count, shape) => count + (shape.label === label ? 1 : 0), 0);
  }

  protected override tools(): readonly Tool[] {
    return shapeTools(this.editor, this.drawer, this.keys);
  }

  protected override guidance(): string {
    const { editor, drawer } = this;
    return drawer.active ? drawingGuidance(editor.kind) : selectionGuidance(editor) || this.design.guidance;
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    return shapeShortcuts(this.editor);
  }

  protected override takeStageKey(event: KeyboardEvent): boolean {
    return this.keys.takeStageKey(event);
  }

  protected override takeLetter(event: KeyboardEvent): boolean {
    return this.keys.takeLetter(event);
  }

  protected override takeCommand(event: KeyboardEvent): boolean {
    return this.keys.takeCommand(event);
  }

  protected override overStage(): unknown {
    return crosshair;
  }

  protected override belowLabels(): unknown {
    return shapeList({
      editor: this.editor,
      title: this.design.plural,
      colorOf: (label) => this.colorOf(label),
      pick: (shape) => this.pickFromList(shape),
    });
  }

  /** The answer changed by the worker's hand. */
  protected edited(): void {
    this.complaint = "";
    announceChange(this);
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.renderRoot.addEventListener("focusin", (event) => {
      const id = this.layer.idOf(event.target);
      if (id !== null && id !== this.editor.selected && !this.drawer.active) {
        this.editor.select(id, true);
        this.showSelection();
      }
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.draw();
    this.showCursor();
  }

  private settled(edited: boolean): void {
    this.warned = false;
    this.draw();
    this.requestUpdate();
    if (edited) {
      this.edited();
    }
  }

  private draw(): void {
    const { element } = this.stage;
    const held = this.shadowRoot?.activeElement;
    this.layer.draw(this.stage.world);
    if (held && this.shadowRoot?.activeElement === null && element?.isConnected) {
      element.focus({ preventScroll: true });
    }
    this.focusPicked();
    this.showCursor();
  }

  /** A shape that was picked has the focus, so that Tab goes on from there; unless the focus is off the image. */
  private focusPicked(): void {
    const { selected, picked } = this.editor;
    const held = this.shadowRoot?.activeElement;
    if (selected !== null && picked && held && (held === this.stage.element || this.layer.idOf(held) !== null)) {
      this.layer.focus(selected);
    }
  }

  private pickFromList(shape: Shape): void {
    this.drawer.cancel();
    this.editor.select(shape.id, true);
    this.showSelection();
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(".shape-list .selected .pick")?.focus(),
    );
  }

  private showSelection(): void {
    const [first] = this.editor.selection?.points ?? [];
    if (first) {
      this.stage.show(first);
    }
  }

  private showPointer(at: Point | null, under: Under): void {
    const { element } = this.stage;
    element?.classList.toggle("move", under === "move" || under === "handle");
    element?.classList.toggle("pick", under === "pick");
    this.showCross(this.drawer.active || under === "nothing" ? at : null);
  }

  private showCursor(): void {
    if (this.drawer.cursor) {
      this.showCross(this.drawer.cursor);
    }
  }

  private showCross(at: Point | null): void {
    const shown = this.display.crosshair || this.drawer.byKeys;
    moveCrosshair(this.stage.element, shown && at ? toStage(this.stage.view, at) : null);
  }

  private initial(): readonly ReadShape[] {
    const shapes = readShapes(this.given, this.design.format);
    return this.design.onlyKnownLabels ? shapes.filter(({ label }) => this.labels.includes(label)) : shapes;
  }

  private written(shapes: readonly ReadShape[]): readonly Json[] {
    const { kind, format } = this.design;
    return writeShapes(shapes, format, this.stage.size, kind.inset);
  }
}

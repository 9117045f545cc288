import { html } from "lit";
import { property, query, state } from "lit/decorators.js";
import { CrowdElement, define } from "../element";
import { styles } from "./annotated-text.styles";
import { moved, type Step, trimmed } from "./caret";
import { type Mark, TextDrawing } from "./text-drawing";

/** A part of the text that the worker selected; offsets in UTF-16 units. */
export interface Pick {
  readonly start: number;
  readonly end: number;
  /** Whether it was dragged with a mouse or pen, so that it is complete. */
  readonly dragged: boolean;
}

/** How far an arrow key looks for the line above or below, in UTF-16 units. */
const LINE_REACH = 3000;

/**
 * A text to read, with marks over it, in which the worker selects by mouse, touch or keyboard.
 *
 * Events: `pick` with a `Pick`, or null when the selection is gone; `press` with the marks at the place of a click,
 * shortest first; `unmark` with the mark whose button was pressed.
 */
export class AnnotatedText extends CrowdElement {
  static override styles = styles;

  /** Shown as it is. */
  @property() text = "";
  @property({ attribute: false }) marks: readonly Mark[] = [];
  /** The mark that stands out. */
  @property({ attribute: false }) current: Mark | null = null;
  /** Name of the text for those who can't see it. */
  @property() name = "Text";

  /** Where a selection began, and where the caret stands. */
  @state() private anchor = 0;
  @state() private head = 0;
  @query(".body") private body!: HTMLElement;
  @query(".lines") private lines!: HTMLElement;
  @query(".caret") private mark!: HTMLElement;
  private drawing!: TextDrawing;
  private pressed = false;
  /** Whether the last press selected something, so that the click which follows means nothing. */
  private dragged = false;
  private told: string | null = null;
  private readonly onSelect = (): void => this.hearSelection();
  private readonly onRelease = (event: PointerEvent): void => this.release(event);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("selectionchange", this.onSelect);
    window.addEventListener("pointerup", this.onRelease);
    window.addEventListener("pointercancel", this.onRelease);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("selectionchange", this.onSelect);
    window.removeEventListener("pointerup", this.onRelease);
    window.removeEventListener("pointercancel", this.onRelease);
  }

  /** The unit at which the caret stands. */
  get caret(): number {
    return this.head;
  }

  /** Whether the text has the focus. */
  get isFocused(): boolean {
    return this.shadowRoot?.activeElement === this.body;
  }

  override focus(): void {
    this.body.focus({ preventScroll: true });
  }

  /** Where a unit stands on the screen. */
  rectAt(unit: number): DOMRect {
    return this.drawing.rectAt(unit);
  }

  /** Bring a unit into sight. */
  reveal(unit: number): void {
    this.drawing.elementAt(unit).scrollIntoView({ block: "nearest" });
  }

  /** Take a key that moves the caret or selects; false when it is none, or the text has no focus. */
  takeKey(event: KeyboardEvent): boolean {
    const far = event.ctrlKey || event.metaKey || event.altKey;
    if (!this.isFocused) {
      return false;
    }
    if (far && event.key.toLowerCase() === "a") {
      this.select(0, this.text.length);
      return true;
    }
    const to = this.destination(event.key, far);
    if (to === null) {
      return false;
    }
    this.select(event.shiftKey ? this.anchor : to, to);
    return true;
  }

  /** Select nothing; the caret stands at a unit. */
  collapse(unit: number): void {
    this.select(unit, unit);
  }

  protected override content(): unknown {
    return html`<div class="body" role="textbox" aria-multiline="true" aria-readonly="true" aria-label=${this.name} tabindex="0"
      @pointerdown=${this.onPress} @click=${this.onClick}>
      <div class="lines"></div>
      <div class="caret" hidden></div>
    </div>`;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed as never);
    this.drawing ??= new TextDrawing(this.lines, () => this.showSelection());
    if (changed.has("text")) {
      this.drawing.setText(this.text);
      this.anchor = this.head = 0;
    }
    if (changed.has("text") || changed.has("marks") || changed.has("current")) {
      this.drawing.setMarks(this.marks, this.current);
    }
    if (changed.has("head") || changed.has("marks")) {
      this.placeCaret();
    }
  }

  private select(anchor: number, head: number): void {
    this.anchor = anchor;
    this.head = head;
    this.showSelection();
    this.tell(false);
    if (this.isFocused) {
      this.reveal(head);
    }
  }

  /** Put the browser's selection where ours is, unless the worker is just selecting, or works elsewhere. */
  private showSelection(): void {
    const selection = document.getSelection();
    if (selection && !this.pressed && (this.isFocused || this.nativeRange())) {
      selection.setBaseAndExtent(...this.drawing.placeOf(this.anchor), ...this.drawing.placeOf(this.head));
    }
  }

  /** The browser's selection, if it lies in this text. */
  private nativeRange(): AbstractRange | null {
    const selection = document.getSelection();
    const root = this.shadowRoot;
    if (!selection || selection.rangeCount === 0 || !root) {
      return null;
    }
    // Browsers without composed ranges give the nodes in the shadow root themselves.
    const composed = "getComposedRanges" in selection;
    const range = composed ? selection.getComposedRanges({ shadowRoots: [root] })[0] : (selection as Selection).getRangeAt(0);
    return range && this.lines?.contains(range.startContainer) && this.lines.contains(range.endContainer) ? range : null;
  }

  private hearSelection(): void {
    if (this.readSelection() && !this.pressed) {
      this.tell(false);
    }
  }

  /** Take over what the browser has selected; false when that is not in this text. */
  private readSelection(): boolean {
    const range = this.nativeRange();
    if (!range || !this.drawing) {
      return false;
    }
    const start = this.drawing.unitAt(range.startContainer, range.startOffset);
    const end = this.drawing.unitAt(range.endContainer, range.endOffset);
    if (Math.min(this.anchor, this.head) !== start || Math.max(this.anchor, this.head) !== end) {
      const backward = document.getSelection()?.direction === "backward";
      [this.anchor, this.head] = backward ? [end, start] : [start, end];
    }
    return true;
  }

  private tell(dragged: boolean): void {
    const [low, high] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    const [start, end] = trimmed(this.text, low, high);
    const told = low === high ? null : `${start}-${end}`;
    if (told !== this.told) {
      this.told = told;
      const detail: Pick | null = low === high ? null : { start, end, dragged };
      this.dispatchEvent(new CustomEvent("pick", { detail }));
    }
  }

  private onPress(event: PointerEvent): void {
    this.dragged = false;
    this.pressed = event.button === 0 && event.pointerType !== "touch";
  }

  private release(event: PointerEvent): void {
    if (this.pressed) {
      this.pressed = false;
      this.readSelection();
      this.dragged = this.anchor !== this.head;
      this.tell(event.type === "pointerup");
    }
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const marks = this.drawing.marksAt(target);
    const onTag = target.closest(".tag") !== null;
    if (target.localName === "button") {
      this.dispatchEvent(new CustomEvent("unmark", { detail: marks[0] as Mark }));
    } else if (onTag || !this.dragged) {
      this.dispatchEvent(new CustomEvent("press", { detail: marks }));
    }
  }

  private destination(key: string, far: boolean): number | null {
    switch (key) {
      case "ArrowLeft":
      case "ArrowRight":
        return moved(this.text, this.head, far ? "word" : "letter", (key === "ArrowRight") === this.isLeftToRight());
      case "ArrowUp":
      case "ArrowDown":
        return far ? null : this.lineAway(key === "ArrowDown");
      case "Home":
      case "End": {
        const step: Step = far ? "text" : "paragraph";
        return moved(this.text, this.head, step, key === "End");
      }
    }
    return null;
  }

  private isLeftToRight(): boolean {
    return getComputedStyle(this.drawing.elementAt(this.head)).direction === "ltr";
  }

  /** The unit in the line above or below that stands nearest to the caret's column. */
  private lineAway(down: boolean): number {
    const from = this.rectAt(this.head);
    const step = down ? 1 : -1;
    let best = { unit: down ? this.text.length : 0, distance: Infinity };
    let line: DOMRect | null = null;
    for (let unit = this.head + step, left = LINE_REACH; unit >= 0 && unit <= this.text.length && left > 0; unit += step, left--) {
      const rect = this.rectAt(unit);
      const beyond = down ? rect.top >= from.bottom - 2 : rect.bottom <= from.top + 2;
      if (line && Math.abs(rect.top - line.top) > rect.height / 2) {
        break;
      }
      line ??= beyond ? rect : null;
      const distance = Math.abs(rect.left - from.left);
      if (beyond && distance < best.distance && !isInsidePair(this.text, unit)) {
        best = { unit, distance };
      }
    }
    return best.unit;
  }

  private placeCaret(): void {
    const rect = this.rectAt(this.head);
    const around = this.body.getBoundingClientRect();
    this.mark.hidden = this.anchor !== this.head;
    this.mark.style.translate = `${rect.left - around.left}px ${rect.top - around.top}px`;
    this.mark.style.height = `${rect.height}px`;
  }
}

function isInsidePair(text: string, unit: number): boolean {
  return unit > 0 && (text.codePointAt(unit - 1) ?? 0) > 0xffff;
}

define("groundwork-text", AnnotatedText);

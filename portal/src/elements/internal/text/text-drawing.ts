import { lastAtOrBefore } from "./code-points";
import { type Piece, pieceAt, piecesOf, segmentsOf } from "./pieces";

/** A marked part of a text; offsets in UTF-16 units. Marks are compared by identity. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly color: string;
  /** Short name that stands behind the mark. */
  readonly tag: string;
  /** What its button to remove it says. */
  readonly removal: string;
}

/** How long one go of drawing may take; the rest waits for the next frames. */
const SLICE_MS = 10;
/** How many marks over one another get a line of their own. */
const MOST_LINES = 4;

interface Drawn {
  readonly index: number;
  readonly piece: Piece;
  readonly element: HTMLElement;
  /** The marks that touch it. */
  readonly marks: Set<Mark>;
  texts: readonly Text[];
}

/**
 * Draws a text and its marks.
 *
 * The text stands there at once. A change redraws the pieces it touches, those in sight first, in slices that leave the
 * page responsive.
 */
export class TextDrawing {
  private text = "";
  private drawn: readonly Drawn[] = [];
  private pieces: readonly Piece[] = [];
  private marks = new Set<Mark>();
  private current: Mark | null = null;
  private stale = new Set<Drawn>();
  private frame = 0;
  private readonly starts = new WeakMap<Node, number>();
  private readonly marksOf = new WeakMap<Element, readonly Mark[]>();

  /** `onDrawn` is called after nodes were replaced, so that a selection can be put back. */
  constructor(
    private readonly body: HTMLElement,
    private readonly onDrawn: () => void,
  ) {}

  /** Show another text, without marks. */
  setText(text: string): void {
    this.text = text;
    this.pieces = piecesOf(text);
    this.marks.clear();
    this.stale.clear();
    let block = document.createElement("div");
    const blocks: HTMLElement[] = [];
    this.drawn = this.pieces.map((piece, index) => {
      if (piece.block === blocks.length) {
        block = document.createElement("div");
        block.className = "block";
        block.dir = "auto";
        blocks.push(block);
      }
      const drawn: Drawn = { index, piece, element: document.createElement("span"), marks: new Set(), texts: [] };
      block.append(drawn.element);
      this.draw(drawn);
      return drawn;
    });
    this.body.replaceChildren(...blocks);
  }

  /** Show other marks, one of them as the current one. */
  setMarks(marks: readonly Mark[], current: Mark | null): void {
    const next = new Set(marks);
    for (const mark of this.marks) {
      if (!next.has(mark)) {
        this.touch(mark, (drawn) => drawn.marks.delete(mark));
      }
    }
    for (const mark of next) {
      if (!this.marks.has(mark)) {
        this.touch(mark, (drawn) => drawn.marks.add(mark));
      }
    }
    for (const mark of current === this.current ? [] : [current, this.current]) {
      if (mark) {
        this.touch(mark, () => undefined);
      }
    }
    this.marks = next;
    this.current = current;
    this.drawSome(this.firstInSight());
  }

  /** The marks that an element of the drawing stands for, shortest first. */
  marksAt(element: Element): readonly Mark[] {
    const marked = element.closest(".mark, .tag");
    return (marked && this.marksOf.get(marked)) ?? [];
  }

  /** The unit that a place in the drawing stands for. */
  unitAt(node: Node, offset: number): number {
    const start = this.starts.get(node);
    if (start !== undefined) {
      return start + offset;
    }
    const walker = document.createTreeWalker(this.body, NodeFilter.SHOW_TEXT);
    const child = node.childNodes[offset];
    walker.currentNode = child ?? lastWithin(node);
    let next: Node | null = child && this.starts.has(child) ? child : walker.nextNode();
    while (next && !this.starts.has(next)) {
      next = walker.nextNode();
    }
    return next ? (this.starts.get(next) ?? 0) : this.text.length;
  }

  /** The place in the drawing of a unit; of one in a line break, the line's end. */
  placeOf(unit: number): readonly [node: Text, offset: number] {
    const { texts } = this.drawnAt(unit);
    const start = (index: number): number => this.starts.get(texts[index] as Node) ?? 0;
    const index = lastAtOrBefore(texts.length, start, unit);
    const node = texts[index] as Text;
    return [node, Math.min(unit - start(index), node.length)];
  }

  /** Where a unit stands on the screen: its left edge, without width. */
  rectAt(unit: number): DOMRect {
    const range = document.createRange();
    range.setStart(...this.placeOf(unit));
    return range.getClientRects()[0] ?? this.drawnAt(unit).element.getBoundingClientRect();
  }

  /** The element that holds a unit. */
  elementAt(unit: number): Element {
    return this.placeOf(unit)[0].parentElement ?? this.body;
  }

  private drawnAt(unit: number): Drawn {
    return this.drawn[pieceAt(this.pieces, unit)] as Drawn;
  }

  private touch(mark: Mark, act: (drawn: Drawn) => void): void {
    const last = pieceAt(this.pieces, mark.end - 1);
    for (let index = pieceAt(this.pieces, mark.start); index <= last; index++) {
      const drawn = this.drawn[index] as Drawn;
      act(drawn);
      this.stale.add(drawn);
    }
  }

  private firstInSight(): number {
    const { drawn } = this;
    return this.stale.size < 2 ? 0 : lastAtOrBefore(drawn.length, (index) => drawn[index]?.element.getBoundingClientRect().top ?? 0, 0);
  }

  private drawSome(first: number): void {
    const until = performance.now() + SLICE_MS;
    const turn = ({ index }: Drawn): number => (index < first ? first + this.drawn.length - index : index);
    const waiting = [...this.stale].sort((a, b) => turn(a) - turn(b));
    for (const drawn of waiting) {
      this.draw(drawn);
      this.stale.delete(drawn);
      if (performance.now() > until) {
        break;
      }
    }
    if (waiting.length > 0) {
      this.onDrawn();
    }
    cancelAnimationFrame(this.frame);
    if (this.stale.size > 0) {
      this.frame = requestAnimationFrame(() => setTimeout(() => this.drawSome(this.firstInSight())));
    }
  }

  private draw(drawn: Drawn): void {
    const { piece } = drawn;
    const texts: Text[] = [];
    const nodes: Node[] = [];
    const tags = [...drawn.marks].filter((mark) => pieceAt(this.pieces, mark.end - 1) === drawn.index);
    for (const segment of segmentsOf(piece, [...drawn.marks])) {
      const text = document.createTextNode(this.text.slice(segment.start, segment.end));
      this.starts.set(text, segment.start);
      texts.push(text);
      nodes.push(segment.marks.length > 0 ? this.covered(text, segment.marks) : text);
      nodes.push(...tags.filter((mark) => Math.min(mark.end, piece.end) === segment.end).map((mark) => this.tag(mark)));
    }
    drawn.texts = texts;
    drawn.element.replaceChildren(...nodes, ...(piece.start === piece.end ? [document.createElement("br")] : []));
  }

  /** The shortest mark gives the ground, each mark a line. */
  private covered(text: Text, marks: readonly Mark[]): HTMLElement {
    const element = document.createElement("span");
    const lines = marks.slice(-MOST_LINES);
    element.className = marks.includes(this.current as Mark) ? "mark current" : "mark";
    element.style.setProperty("--mark", (lines.at(-1) as Mark).color);
    element.style.setProperty("--lines", lines.map(({ color }) => `linear-gradient(${color} 0 0)`).join());
    element.style.setProperty("--places", lines.map((_, index) => `0 calc(100% - ${3 * index}px)`).join());
    element.append(text);
    this.marksOf.set(element, [...marks].reverse());
    return element;
  }

  private tag(mark: Mark): HTMLElement {
    const element = document.createElement("span");
    element.className = mark === this.current ? "tag current" : "tag";
    element.style.setProperty("--mark", mark.color);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.tabIndex = -1;
    remove.textContent = "×";
    remove.setAttribute("aria-label", mark.removal);
    element.append(mark.tag, remove);
    this.marksOf.set(element, [mark]);
    return element;
  }
}

function lastWithin(node: Node): Node {
  return node.lastChild ? lastWithin(node.lastChild) : node;
}

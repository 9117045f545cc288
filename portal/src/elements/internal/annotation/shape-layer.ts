import type { Drawer } from "./drawer";
import { dots } from "./kind";
import type { Shape, ShapeEditor } from "./shape-editor";

const SVG = "http://www.w3.org/2000/svg";

interface Node {
  readonly group: SVGGElement;
  readonly paths: readonly SVGPathElement[];
  shape: Shape | null;
  look: string;
}

/**
 * The shapes as SVG, each of them a node that takes the focus.
 *
 * Only what changed is touched, so that moving one of 500 shapes costs no more than moving the only one. A light line under
 * the coloured one keeps it visible on any picture; dots and lines keep their width however far the image is zoomed.
 */
export class ShapeLayer {
  private world: SVGGElement | null = null;
  private readonly nodes = new Map<number, Node>();
  private readonly shapes = element("g", "shapes");
  private readonly drawing = [element("path", "halo"), element("path", "line")] as const;
  private readonly marks = [
    element("path", "handle-rim"),
    element("path", "handle"),
    element("path", "handle spare"),
    element("path", "handle active"),
  ] as const;

  constructor(
    private readonly editor: ShapeEditor,
    private readonly drawer: Drawer,
    private readonly describe: (shape: Shape, index: number) => string,
    private readonly colorOf: (label: string) => string,
    private readonly label: () => string,
  ) {}

  /** The id of the shape whose node this is. */
  idOf(target: EventTarget | null | undefined): number | null {
    for (const [id, { group }] of this.nodes) {
      if (group === target) {
        return id;
      }
    }
    return null;
  }

  /** Give a shape's node the focus. */
  focus(id: number): void {
    this.nodes.get(id)?.group.focus({ preventScroll: true });
  }

  /** Bring everything up to date. */
  draw(world: SVGGElement | null): void {
    if (!world) {
      return;
    }
    if (world !== this.world) {
      this.world = world;
      const top = element("g", "top");
      top.append(...this.drawing, ...this.marks);
      world.replaceChildren(this.shapes, top);
      world.classList.toggle("filled", this.editor.kind.closed);
      world.classList.toggle("dots", this.editor.kind.most === 1);
    }
    this.drawShapes();
    this.drawDrawing();
    this.drawMarks();
  }

  private drawShapes(): void {
    const gone = new Set(this.nodes.keys());
    let next = this.shapes.firstElementChild;
    this.editor.shapes.forEach((shape, index) => {
      gone.delete(shape.id);
      const node = this.nodes.get(shape.id) ?? this.create(shape.id);
      this.update(node, shape, index);
      if (node.group === next) {
        next = next.nextElementSibling;
      } else {
        this.shapes.insertBefore(node.group, next);
      }
    });
    for (const id of gone) {
      this.nodes.get(id)?.group.remove();
      this.nodes.delete(id);
    }
  }

  private create(id: number): Node {
    const group = element("g", "shape");
    const paths = [element("path", "halo"), element("path", "line")];
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "button");
    group.append(...paths);
    const node = { group, paths, shape: null, look: "" };
    this.nodes.set(id, node);
    return node;
  }

  private update(node: Node, shape: Shape, index: number): void {
    const { editor } = this;
    const selected = shape.id === editor.selected;
    const color = this.colorOf(shape.label);
    const look = `${index} ${selected} ${editor.isHidden(shape)} ${editor.isLocked(shape)} ${color}`;
    if (node.shape === shape && node.look === look) {
      return;
    }
    const { group } = node;
    if (node.shape?.points !== shape.points) {
      const path = editor.kind.path(shape.points);
      node.paths.forEach((each) => each.setAttribute("d", path));
    }
    node.shape = shape;
    node.look = look;
    group.classList.toggle("selected", selected);
    group.style.color = color;
    group.style.display = editor.isHidden(shape) ? "none" : "";
    group.setAttribute("aria-pressed", String(selected));
    group.setAttribute("aria-label", `${this.describe(shape, index)}${editor.isLocked(shape) ? ", locked" : ""}`);
  }

  private drawDrawing(): void {
    const { preview, active } = this.drawer;
    const path = active
      ? this.editor.kind.path(preview) + (this.editor.kind.dragged ? "" : dots(this.drawer.points))
      : "";
    for (const each of this.drawing) {
      set(each, "d", path);
      each.style.color = active ? this.colorOf(this.label()) : "";
    }
  }

  private drawMarks(): void {
    const { editor, drawer } = this;
    const shape = editor.selection;
    const [rim, handle, spare, active] = this.marks;
    const shown = shape && !editor.isLocked(shape) && !drawer.active ? shape : null;
    const handles = shown ? editor.kind.handles(shown.points) : drawer.points;
    const spares = shown && !editor.isUnsettled ? editor.kind.spareHandles(shown.points) : [];
    const point = shown && editor.vertex !== null ? shown.points[editor.vertex] : undefined;
    set(rim, "d", dots(handles));
    set(handle, "d", dots(handles));
    set(spare, "d", dots(spares));
    set(active, "d", point ? dots([point]) : "");
  }
}

function element<K extends "g" | "path">(name: K, className: string): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, name);
  node.setAttribute("class", className);
  return node;
}

function set(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

import type { Shortcut } from "../shortcuts";
import type { Drawer } from "./drawer";
import type { Point } from "./geometry";
import type { ShapeEditor } from "./shape-editor";
import type { Stage } from "./stage";

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Steps of the arrow keys: with Shift in image pixels, and of the image itself in screen pixels. */
const LONG_STEP = 10;
const PAN_STEP = 60;

/** Everything the pointer does, by keys. */
export class ShapeKeys {
  constructor(
    private readonly stage: Stage,
    private readonly editor: ShapeEditor,
    private readonly drawer: Drawer,
  ) {}

  /** Begin a shape in the middle of what is seen. */
  startNew(): void {
    this.drawer.cancel();
    if (this.drawer.start(this.stage.center, true)) {
      this.stage.element?.focus();
      this.drawer.moveBy({ x: 0, y: 0 });
    }
  }

  /** Take a key while the stage or nothing is focused; false when it is none of these. */
  takeStageKey(event: KeyboardEvent): boolean {
    const { editor, drawer } = this;
    const arrow = ARROWS[event.key];
    if (arrow) {
      this.arrow(arrow, event);
    } else if (event.key === "Enter" && drawer.active) {
      if (!event.repeat) {
        drawer.enter();
      }
    } else if (event.key === "Escape" && (drawer.active || editor.selected !== null)) {
      this.escape();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      if (drawer.active) {
        drawer.undo();
      } else {
        editor.remove();
      }
    } else {
      return false;
    }
    return true;
  }

  /** Take a letter, wherever the focus is but in text; false when it is none of these. */
  takeLetter(event: KeyboardEvent): boolean {
    const { editor } = this;
    const shape = editor.selection;
    switch (event.key.toLowerCase()) {
      case "n":
        this.startNew();
        return true;
      case "h":
        return this.forShape(event, () => editor.toggleHidden(event.shiftKey ? undefined : (shape ?? undefined)));
      case "l":
        return this.forShape(event, () => editor.toggleLocked(event.shiftKey ? undefined : (shape ?? undefined)));
      case "v":
        return this.forShape(event, () => editor.stepVertex(event.shiftKey ? -1 : 1), true);
      case "i":
        return this.forShape(event, () => editor.insertVertex(), true);
      default:
        return false;
    }
  }

  /** Take a key together with Ctrl; false when it is none of these. */
  takeCommand(event: KeyboardEvent): boolean {
    const { editor } = this;
    if (event.shiftKey || getSelection()?.isCollapsed === false) {
      return false;
    }
    switch (event.key.toLowerCase()) {
      case "c":
        return editor.copy();
      case "v":
        editor.paste();
        return true;
      case "d":
        editor.duplicate();
        return true;
      default:
        return false;
    }
  }

  private arrow(arrow: Point, event: KeyboardEvent): void {
    const { editor, drawer, stage } = this;
    const step = event.shiftKey ? LONG_STEP : 1;
    const by = { x: arrow.x * step, y: arrow.y * step };
    if (drawer.active) {
      drawer.moveBy(by);
      stage.show(drawer.cursor ?? stage.center);
    } else if (editor.selection === null) {
      stage.panBy(-arrow.x * PAN_STEP, -arrow.y * PAN_STEP);
    } else if (event.altKey) {
      editor.grow(by);
    } else {
      editor.nudge(by);
    }
  }

  private escape(): void {
    const { editor, drawer } = this;
    if (drawer.active) {
      drawer.cancel();
    } else if (editor.vertex !== null) {
      editor.stepVertex(0);
    } else {
      editor.select(null);
      this.stage.element?.focus({ preventScroll: true });
    }
  }

  /** `selected`: only with a selected shape; Shift stands for all shapes elsewhere. */
  private forShape(event: KeyboardEvent, act: () => void, selected = false): boolean {
    if ((selected || !event.shiftKey) && this.editor.selection === null) {
      return false;
    }
    act();
    return true;
  }
}

/** Lines of the Shortcuts dialog about shapes. */
export function shapeShortcuts({ kind }: ShapeEditor): readonly Shortcut[] {
  const { noun, dragged, most } = kind;
  const drawing: Shortcut[] = [
    [["N"], `New ${noun}: the cursor starts in the middle of what is seen`],
    [["←", "↑", "→", "↓"], "Move the cursor, the selected shape, or (with none) the image; with Shift by ten pixels"],
    [
      ["Enter"],
      most > 2 ? "Place a point where the arrow keys took the cursor; once more ends the shape" : "Place a point",
    ],
    [["Esc"], "Give up the drawing, or unselect"],
  ];
  const points: Shortcut[] = [
    [["V", "Shift+V"], "Next or previous point of the selected shape; the arrow keys then move it"],
    [["Delete"], "Delete the point, or the selected shape"],
  ];
  return [
    ...drawing,
    [["Tab", "Shift+Tab"], "Select the next or previous shape, while the image is focused"],
    ...(dragged ? [[["Alt+↑", "…", "Alt+→"], "Resize the selected box"] as const] : []),
    ...(dragged || most === 1 ? [[["Delete"], "Delete the selected shape"] as const] : points),
    ...(most === Infinity ? [[["I"], "Insert a point behind the chosen one"] as const] : []),
    [["H", "L"], "Hide or lock the selected shape; with Shift all shapes"],
    [["Ctrl+C", "Ctrl+V", "Ctrl+D"], "Copy, paste, duplicate"],
  ];
}

import type { Point } from "./geometry";
import { distance, middle } from "./geometry";
import type { PointerTool, Stage } from "./stage";

/** Wheel travel, in pixels, for which the zoom grows e-fold. */
const WHEEL = 500;
const LINE = 40;

/**
 * Sorts out what the pointer does on a stage: wheel, Space, the middle button and two fingers move and zoom the image;
 * everything else is the tool's.
 */
export class StagePointers {
  /** Whether the next drag moves the image. */
  panning = false;
  private readonly fingers = new Map<number, Point>();
  private drag: "pan" | "pinch" | "tool" | null = null;
  private last: Point = { x: 0, y: 0 };

  constructor(
    private readonly stage: Stage,
    private readonly tool: () => PointerTool,
  ) {}

  /** Forget what is held. */
  release(): void {
    this.fingers.clear();
    this.end();
  }

  readonly wheel = {
    handleEvent: (event: WheelEvent): void => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
      if (event.shiftKey) {
        this.stage.panBy(-(event.deltaX || event.deltaY) * unit, 0);
      } else {
        this.stage.panBy(-event.deltaX * unit, 0);
        this.stage.zoomBy(
          Math.exp((-event.deltaY * unit * (event.ctrlKey ? 5 : 1)) / WHEEL),
          this.stage.onStage(event),
        );
      }
    },
    passive: false,
  };

  readonly down = (event: PointerEvent): void => {
    this.stage.element?.focus({ preventScroll: true });
    this.fingers.set(event.pointerId, this.stage.onStage(event));
    this.stage.element?.setPointerCapture(event.pointerId);
    if (event.pointerType === "touch" && this.fingers.size === 2) {
      this.tool().cancel();
      this.drag = "pinch";
    } else if (event.button === 1 || (event.button === 0 && this.panning)) {
      event.preventDefault();
      this.drag = "pan";
      this.last = this.stage.onStage(event);
      this.stage.element?.classList.add("held");
    } else if (event.button === 0 && this.drag === null && this.stage.size) {
      event.preventDefault();
      this.drag = "tool";
      this.tool().down(this.stage.at(event), event);
    }
  };

  readonly move = (event: PointerEvent): void => {
    if (this.drag === "pan") {
      const here = this.stage.onStage(event);
      this.stage.panBy(here.x - this.last.x, here.y - this.last.y);
      this.last = here;
    } else if (this.drag === "pinch") {
      this.pinch(event);
    } else if (this.stage.size) {
      this.tool().move(this.stage.at(event), event);
    }
  };

  readonly up = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    if (this.drag === "tool") {
      this.tool().up(this.stage.at(event), event);
    }
    if (this.drag !== "pinch" || this.fingers.size === 0) {
      this.end();
    }
  };

  readonly lost = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    if (this.drag === "tool") {
      this.tool().cancel();
    }
    if (this.fingers.size === 0) {
      this.end();
    }
  };

  readonly leave = (): void => {
    if (this.drag === null) {
      this.tool().leave?.();
    }
  };

  private end(): void {
    this.drag = null;
    this.stage.element?.classList.remove("held");
  }

  private pinch(event: PointerEvent): void {
    const [a, b] = [...this.fingers.values()];
    if (!a || !b || !this.fingers.has(event.pointerId)) {
      return;
    }
    this.fingers.set(event.pointerId, this.stage.onStage(event));
    const [c = a, d = b] = [...this.fingers.values()];
    const [before, after] = [middle(a, b), middle(c, d)];
    this.stage.panBy(after.x - before.x, after.y - before.y);
    this.stage.zoomBy(distance(c, d) / Math.max(distance(a, b), 1), after);
  }
}

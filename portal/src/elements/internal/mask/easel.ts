import type { PointerTool, Stage } from "../annotation/stage";
import type { Area } from "./area";

/** What a tool paints with. */
export interface Ink {
  readonly value: number;
  readonly color: string;
}

/** What tools work on. */
export interface Easel {
  readonly stage: Stage;
  /** What is painted with now; null, and the worker is told, when there is nothing to paint with. */
  ink(): Ink | null;
  /** Paint pixels as part of the act. */
  paint(area: Area, ink: Ink): void;
  /** End the act, so that it can be undone. */
  endAct(): void;
  /** Take back what the act painted so far. */
  abandonAct(): void;
  /** Draw the tool anew. */
  redraw(): void;
  /** Tell the worker something; null goes back to the tool's hint. */
  say(text: string | null, bad?: boolean): void;
}

/** A tool to paint masks with. */
export interface MaskTool extends PointerTool {
  /** What to do with it, as a sentence. */
  readonly hint: string;
  /** Whether the keyboard's cursor is in sight, so that Space is the tool's. */
  readonly hasCursor: boolean;
  /** SVG over the image, in its pixels; `color` is that of what is painted. */
  draw(color: string): unknown;
  /** Take a key while the stage or nothing has the focus; false when it is none of the tool's. */
  takeKey(event: KeyboardEvent): boolean;
  /** Forget what is half done: another tool was taken. */
  putDown(): void;
}

/** The direction of an arrow key; null for other keys. */
export function directionOf(key: string): readonly [dx: number, dy: number] | null {
  switch (key) {
    case "ArrowLeft":
      return [-1, 0];
    case "ArrowRight":
      return [1, 0];
    case "ArrowUp":
      return [0, -1];
    case "ArrowDown":
      return [0, 1];
    default:
      return null;
  }
}

import type { Rect } from "../annotation/geometry";
import type { Area } from "./area";
import { LabelGrid, same } from "./label-grid";
import { type MaskEntry, pixelsOf } from "./mask-colors";
import { contextOf, drawValues, encodeMask, pngOf } from "./mask-picture";

/** A mask that is painted, and its picture over the image. */
export class MaskBoard<List> {
  private readonly context: CanvasRenderingContext2D;
  private pixels = new Uint32Array(256);
  private encoded: string | null = null;

  /** `initial` is the mask that the template gave; null: nothing was painted. */
  constructor(
    readonly grid: LabelGrid<List>,
    private readonly initial: Uint8Array | null,
    canvas: HTMLCanvasElement,
  ) {
    this.context = contextOf(grid, canvas);
  }

  /** Whether any pixel differs from the initial mask. */
  get modified(): boolean {
    return this.initial ? !same(this.initial, this.grid.values) : this.grid.usedValues().size > 0;
  }

  /** The answer's picture of these entries; the last one is kept until something changes. */
  picture(entries: readonly MaskEntry[]): string {
    const pixels = pixelsOf(entries);
    const isShown = pixels.every((pixel, value) => pixel === this.pixels[value]);
    this.encoded ??= isShown ? pngOf(this.context) : encodeMask(this.grid, pixels);
    return this.encoded;
  }

  /** Show these entries, from now on. */
  show(entries: readonly MaskEntry[]): void {
    const pixels = pixelsOf(entries);
    const changed = [...this.grid.usedValues()].some((value) => pixels[value] !== this.pixels[value]);
    this.pixels = pixels;
    this.encoded = null;
    if (changed) {
      drawValues(this.context, this.grid, pixels);
    }
  }

  paint(area: Area, value: number): void {
    this.draw(this.grid.paint(area, value));
  }

  eraseAll(value: number): void {
    this.draw(this.grid.eraseAll(value));
  }

  clear(): void {
    this.draw(this.grid.clear());
  }

  abandonAct(): void {
    this.draw(this.grid.abandonAct());
  }

  undo(): void {
    this.draw(this.grid.undo());
  }

  redo(): void {
    this.draw(this.grid.redo());
  }

  private draw(rect: Rect | null): void {
    this.encoded = null;
    if (rect) {
      drawValues(this.context, this.grid, this.pixels, rect);
    }
  }
}

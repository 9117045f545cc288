import type { Rect } from "../annotation/geometry";
import type { Area, TakeSpan } from "./area";

/** The value of pixels without a label. */
export const UNPAINTED = 0;

/** As many labels or instances as one mask can tell apart. */
export const MOST_VALUES = 255;

const TILE = 64;
/** Bytes of old acts that are kept. */
const HISTORY = 64e6;

/** One act of the worker: the tiles that it changed and the list, as they are on the other side of the act. */
interface Step<List> {
  readonly tiles: ReadonlyMap<number, Uint8Array>;
  readonly list: List;
}

/**
 * What each pixel of an image is labeled with, and how it came to be so.
 *
 * An act paints areas, may change the list of what there is to paint with, and is ended; undo and redo take acts back and
 * forth. Only the tiles of 64×64 pixels that an act changed are kept, and of old acts no more than 64 MB in all.
 */
export class LabelGrid<List = null> {
  /** Row by row, one byte a pixel. */
  readonly values: Uint8Array;
  private readonly columns: number;
  private kept = new Map<number, Uint8Array>();
  private listBefore: List;
  private done: Step<List>[] = [];
  private undone: Step<List>[] = [];

  constructor(
    readonly width: number,
    readonly height: number,
    /** What values stand for, where the worker changes that too; never changed in place. */
    public list: List,
    values?: Uint8Array,
    private readonly history = HISTORY,
  ) {
    this.values = values ?? new Uint8Array(width * height);
    this.columns = Math.ceil(width / TILE);
    this.listBefore = list;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Give an area's pixels a value, as part of the act; gives what has to be drawn anew, null for nothing. */
  paint(area: Area, value: number): Rect | null {
    let left = this.width;
    let top = this.height;
    let right = 0;
    let bottom = 0;
    area.spans((y, from, to) => {
      const first = Math.max(from, 0);
      const end = Math.min(to, this.width);
      if (y < 0 || y >= this.height || end <= first) {
        return;
      }
      this.keep(y, first, end);
      this.values.fill(value, y * this.width + first, y * this.width + end);
      left = Math.min(left, first);
      right = Math.max(right, end);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    });
    return right > left ? { left, top, width: right - left, height: bottom - top } : null;
  }

  /** Erase every pixel of a value, as part of the act; gives what has to be drawn anew. */
  eraseAll(value: number): Rect | null {
    const { values, width } = this;
    let dirty: Rect | null = null;
    for (let at = values.indexOf(value); at >= 0; at = values.indexOf(value, at)) {
      const row = at - (at % width);
      let end = at + 1;
      while (end < row + width && values[end] === value) {
        end++;
      }
      this.keep(row / width, at - row, end - row);
      values.fill(UNPAINTED, at, end);
      dirty = around(dirty, { left: at - row, top: row / width, width: end - at, height: 1 });
    }
    return dirty;
  }

  /** Erase everything, as part of the act; gives what has to be drawn anew. */
  clear(): Rect | null {
    const { width, height } = this;
    const rows = (take: TakeSpan): void => {
      for (let y = 0; y < height; y++) {
        take(y, 0, width);
      }
    };
    return this.paint({ spans: rows }, UNPAINTED);
  }

  /** End the act; false when it changed nothing, and then there is nothing to undo either. */
  endAct(): boolean {
    const tiles = new Map([...this.kept].filter(([tile, before]) => !same(before, this.tile(tile))));
    const step = { tiles, list: this.listBefore };
    this.kept = new Map();
    this.listBefore = this.list;
    if (tiles.size === 0 && step.list === this.list) {
      return false;
    }
    this.done.push(step);
    this.undone = [];
    this.forgetOldActs();
    return true;
  }

  /** Leave the act that was begun as if it had not been; gives what has to be drawn anew. */
  abandonAct(): Rect | null {
    let dirty: Rect | null = null;
    for (const [tile, pixels] of this.kept) {
      dirty = around(dirty, this.setTile(tile, pixels));
    }
    this.kept = new Map();
    this.list = this.listBefore;
    return dirty;
  }

  /** Take the last act back; gives what has to be drawn anew, null when no pixel changed. */
  undo(): Rect | null {
    return this.swap(this.done, this.undone);
  }

  /** Do the act again that was taken back last. */
  redo(): Rect | null {
    return this.swap(this.undone, this.done);
  }

  /** The values that pixels have, unpainted left out. */
  usedValues(): ReadonlySet<number> {
    const seen = new Uint8Array(256);
    for (const value of this.values) {
      seen[value] = 1;
    }
    return new Set([...seen.keys()].filter((value) => value !== UNPAINTED && seen[value] === 1));
  }

  private swap(from: Step<List>[], to: Step<List>[]): Rect | null {
    const begun = this.abandonAct();
    const step = from.pop();
    if (!step) {
      return begun;
    }
    const tiles = new Map<number, Uint8Array>();
    let dirty = begun;
    for (const [tile, pixels] of step.tiles) {
      tiles.set(tile, this.tile(tile));
      dirty = around(dirty, this.setTile(tile, pixels));
    }
    to.push({ tiles, list: this.list });
    this.list = step.list;
    this.listBefore = step.list;
    return dirty;
  }

  private keep(y: number, first: number, end: number): void {
    const row = Math.floor(y / TILE) * this.columns;
    for (let column = Math.floor(first / TILE); column * TILE < end; column++) {
      if (!this.kept.has(row + column)) {
        this.kept.set(row + column, this.tile(row + column));
      }
    }
  }

  private rectOf(tile: number): Rect {
    const left = (tile % this.columns) * TILE;
    const top = Math.floor(tile / this.columns) * TILE;
    return { left, top, width: Math.min(TILE, this.width - left), height: Math.min(TILE, this.height - top) };
  }

  private tile(tile: number): Uint8Array {
    const { left, top, width, height } = this.rectOf(tile);
    const pixels = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const at = (top + y) * this.width + left;
      pixels.set(this.values.subarray(at, at + width), y * width);
    }
    return pixels;
  }

  private setTile(tile: number, pixels: Uint8Array): Rect {
    const rect = this.rectOf(tile);
    for (let y = 0; y < rect.height; y++) {
      const row = pixels.subarray(y * rect.width, (y + 1) * rect.width);
      this.values.set(row, (rect.top + y) * this.width + rect.left);
    }
    return rect;
  }

  private forgetOldActs(): void {
    let bytes = 0;
    const oldest = this.done.findLastIndex(({ tiles }) => (bytes += tiles.size * TILE * TILE) > this.history);
    this.done.splice(0, Math.min(oldest + 1, this.done.length - 1));
  }
}

/** Whether two runs of bytes are the same. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) {
    at++;
  }
  return at === a.length && a.length === b.length;
}

function around(a: Rect | null, b: Rect): Rect {
  if (!a) {
    return b;
  }
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const right = Math.max(a.left + a.width, b.left + b.width);
  return { left, top, width: right - left, height: Math.max(a.top + a.height, b.top + b.height) - top };
}

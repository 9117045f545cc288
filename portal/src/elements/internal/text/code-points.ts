/**
 * Offsets of a text in both counts: code points, which answers hold, and UTF-16 units, which the page works with.
 *
 * Built in one pass; a lone surrogate counts as a code point, as it does for the readers of the answer.
 */
export class CodePoints {
  /** Unit at which each code point begins, and the length at last; null when both counts agree. */
  private readonly starts: Uint32Array | null;

  constructor(private readonly text: string) {
    this.starts = /[\ud800-\udfff]/.test(text) ? startsOf(text) : null;
  }

  /** Length of the text in code points. */
  get length(): number {
    return this.starts ? this.starts.length - 1 : this.text.length;
  }

  /** The unit at which a code point begins; offsets outside of the text are clamped to it. */
  unitOf(codePoint: number): number {
    const inside = Math.min(Math.max(Math.trunc(codePoint), 0), this.length);
    return this.starts ? (this.starts[inside] ?? 0) : inside;
  }

  /** The code point that begins at a unit, or the one the unit lies in. */
  ofUnit(unit: number): number {
    if (!this.starts) {
      return unit;
    }
    return lastAtOrBefore(this.starts.length, (index) => this.starts?.[index] ?? 0, unit);
  }
}

/** Index of the last of some ascending numbers that is no greater than another; 0 when all are. */
export function lastAtOrBefore(count: number, numberAt: (index: number) => number, most: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numberAt(middle) <= most) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function startsOf(text: string): Uint32Array {
  const starts = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit < text.length; unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1) {
    starts[count++] = unit;
  }
  starts[count] = text.length;
  return starts.slice(0, count + 1);
}

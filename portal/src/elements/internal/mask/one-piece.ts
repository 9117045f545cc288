/** An image divided into regions of like color. */
export interface Superpixels {
  readonly width: number;
  readonly height: number;
  /** Region of each pixel, row by row. */
  readonly regions: Uint16Array;
  /** Left, top, right and bottom of each region; right and bottom are the first pixels outside. */
  readonly boxes: Int32Array;
}

/** Stretches of one value within a row, and which of them belong together. */
interface Runs {
  /** First pixel of each run; one more at the end: the number of pixels. */
  readonly starts: number[];
  /** The run above each run's first pixel; -1 in the first row. */
  readonly above: number[];
  /** An earlier run of the same piece, or the run itself: the piece's first one. */
  readonly parent: number[];
}

/** Number connected pieces of like value; a piece of fewer than `least` pixels joins the one beside it. */
export function inOnePiece(values: Uint16Array, width: number, height: number, least: number): Superpixels {
  const runs = findRuns(values, width);
  const sizes = sizesOf(runs);
  const regionOf: number[] = [];
  const boxes: number[] = [];
  const regions = new Uint16Array(width * height);
  for (let run = 0; run < runs.parent.length; run++) {
    const first = pieceOf(runs, run);
    if (first === run) {
      const start = runs.starts[run] as number;
      const beside = start % width > 0 ? run - 1 : (runs.above[run] as number);
      const joins = (sizes[run] as number) < least && beside >= 0;
      regionOf[run] = joins ? (regionOf[beside] as number) : boxes.length / 4;
    } else {
      regionOf[run] = regionOf[first] as number;
    }
    addRun(runs, run, regionOf[run] as number, width, regions, boxes);
  }
  return { width, height, regions, boxes: Int32Array.from(boxes) };
}

function findRuns(values: Uint16Array, width: number): Runs {
  const runs: Runs = { starts: [], above: [], parent: [] };
  let higher = -1;
  for (let row = 0; row < values.length; row += width) {
    const upper = higher;
    higher = runs.parent.length;
    let over = upper;
    for (let at = row; at < row + width; ) {
      const value = values[at];
      const start = at;
      while (at < row + width && values[at] === value) {
        at++;
      }
      const run = runs.parent.push(runs.parent.length) - 1;
      runs.starts.push(start);
      while (upper >= 0 && over + 1 < higher && (runs.starts[over + 1] as number) <= start - width) {
        over++;
      }
      runs.above.push(over);
      for (let each = over; upper >= 0 && each < higher && (runs.starts[each] as number) < at - width; each++) {
        if (values[runs.starts[each] as number] === value) {
          join(runs, each, run);
        }
      }
    }
  }
  runs.starts.push(values.length);
  return runs;
}

function pieceOf(runs: Runs, run: number): number {
  let piece = run;
  while (runs.parent[piece] !== piece) {
    runs.parent[piece] = runs.parent[runs.parent[piece] as number] as number;
    piece = runs.parent[piece] as number;
  }
  return piece;
}

function join(runs: Runs, one: number, other: number): void {
  const a = pieceOf(runs, one);
  const b = pieceOf(runs, other);
  runs.parent[Math.max(a, b)] = Math.min(a, b);
}

function sizesOf(runs: Runs): readonly number[] {
  const sizes = new Array<number>(runs.parent.length).fill(0);
  for (let run = 0; run < sizes.length; run++) {
    (sizes[pieceOf(runs, run)] as number) += (runs.starts[run + 1] as number) - (runs.starts[run] as number);
  }
  return sizes;
}

function addRun(runs: Runs, run: number, region: number, width: number, regions: Uint16Array, boxes: number[]): void {
  const start = runs.starts[run] as number;
  const end = runs.starts[run + 1] as number;
  const y = Math.floor(start / width);
  const k = region * 4;
  if (boxes.length === k) {
    boxes.push(start - y * width, y, 0, 0);
  }
  boxes[k] = Math.min(boxes[k] as number, start - y * width);
  boxes[k + 1] = Math.min(boxes[k + 1] as number, y);
  boxes[k + 2] = Math.max(boxes[k + 2] as number, end - y * width);
  boxes[k + 3] = Math.max(boxes[k + 3] as number, y + 1);
  regions.fill(region, start, end);
}

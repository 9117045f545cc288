import { inOnePiece, type Superpixels } from "./one-piece";

/** Colors as brightness and two differences of color, a plane after the other; values are 0 to 255 wide. */
interface Planes {
  readonly width: number;
  readonly height: number;
  readonly y: Float32Array;
  readonly u: Float32Array;
  readonly v: Float32Array;
}

const ROUNDS = 5;
const COARSE_PIXELS = 1e6;
/** What a step as long as the spacing counts, in units of brightness: larger values make rounder regions. */
const COMPACTNESS = 22;
const MOST_REGIONS = 16_000;

/**
 * Divide an image into superpixels, about `spacing` pixels wide each.
 *
 * SLIC: k-means over color and place, where a pixel looks only at centers nearby (Achanta et al., SLIC Superpixels Compared
 * to State-of-the-art Superpixel Methods, 2012). Centers are found in an image reduced to a megapixel; then pixels at the
 * borders choose among the regions beside them in full size. Each region comes out in one piece.
 *
 * `rgba` are bytes as of ImageData; transparent pixels count with the color they have.
 */
export function findSuperpixels(rgba: Uint8ClampedArray, width: number, height: number, spacing: number): Superpixels {
  const reduction = Math.max(1, Math.ceil(Math.sqrt((width * height) / COARSE_PIXELS)));
  const apart = Math.max(spacing, Math.sqrt((width * height) / MOST_REGIONS)) / reduction;
  const coarse = reducedPlanes(rgba, width, height, reduction);
  const centers = gridOfCenters(coarse, apart);
  let nearest = assign(coarse, centers, apart);
  for (let round = 1; round < ROUNDS; round++) {
    moveCenters(coarse, centers, nearest);
    nearest = assign(coarse, centers, apart);
  }
  const full = reduction === 1 ? nearest : sharpen(rgba, width, height, reduction, coarse, nearest, centers, apart);
  const spread = apart * reduction;
  return inOnePiece(full, width, height, (spread * spread) / 4);
}

/** Five numbers a center: x, y, and the three of its color. */
type Centers = Float32Array;

function reducedPlanes(rgba: Uint8ClampedArray, width: number, height: number, by: number): Planes {
  const [w, h] = [Math.ceil(width / by), Math.ceil(height / by)];
  const planes = { width: w, height: h, y: new Float32Array(w * h), u: new Float32Array(w * h), v: new Float32Array(w * h) };
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const right = Math.min((column + 1) * by, width);
      const bottom = Math.min((row + 1) * by, height);
      let r = 0;
      let g = 0;
      let b = 0;
      const n = (right - column * by) * (bottom - row * by);
      for (let y = row * by; y < bottom; y++) {
        for (let x = column * by; x < right; x++) {
          const at = (y * width + x) * 4;
          r += rgba[at] as number;
          g += rgba[at + 1] as number;
          b += rgba[at + 2] as number;
        }
      }
      const at = row * w + column;
      const bright = (0.299 * r + 0.587 * g + 0.114 * b) / n;
      planes.y[at] = bright;
      planes.u[at] = b / n - bright;
      planes.v[at] = r / n - bright;
    }
  }
  return planes;
}

function gridOfCenters(image: Planes, apart: number): Centers {
  const columns = Math.max(1, Math.round(image.width / apart));
  const rows = Math.max(1, Math.round(image.height / apart));
  const centers = new Float32Array(columns * rows * 5);
  for (let i = 0; i < columns * rows; i++) {
    const x = Math.floor((((i % columns) + 0.5) * image.width) / columns);
    const y = Math.floor(((Math.floor(i / columns) + 0.5) * image.height) / rows);
    const at = y * image.width + x;
    centers.set([x, y, image.y[at] as number, image.u[at] as number, image.v[at] as number], i * 5);
  }
  return centers;
}

/** For each pixel the center that is nearest in color and place. */
function assign(image: Planes, centers: Centers, apart: number): Uint16Array {
  const { width, height } = image;
  const best = new Float32Array(width * height).fill(Infinity);
  const nearest = new Uint16Array(width * height);
  const byPlace = (COMPACTNESS / apart) ** 2;
  const reach = Math.ceil(apart * 1.5);
  for (let i = 0; i * 5 < centers.length; i++) {
    const [cx, cy, bright, blue, red] = centers.subarray(i * 5, i * 5 + 5) as unknown as [number, number, number, number, number];
    const [left, right] = [Math.max(0, Math.floor(cx) - reach), Math.min(width, Math.ceil(cx) + reach + 1)];
    const bottom = Math.min(height, Math.ceil(cy) + reach + 1);
    for (let y = Math.max(0, Math.floor(cy) - reach); y < bottom; y++) {
      const fromRow = (y - cy) ** 2;
      for (let x = left, at = y * width + left; x < right; x++, at++) {
        const dy = (image.y[at] as number) - bright;
        const du = (image.u[at] as number) - blue;
        const dv = (image.v[at] as number) - red;
        const far = dy * dy + du * du + dv * dv + byPlace * ((x - cx) * (x - cx) + fromRow);
        if (far < (best[at] as number)) {
          best[at] = far;
          nearest[at] = i;
        }
      }
    }
  }
  return nearest;
}

function moveCenters(image: Planes, centers: Centers, nearest: Uint16Array): void {
  const sums = new Float64Array(centers.length);
  const counts = new Uint32Array(centers.length / 5);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at++) {
      const i = nearest[at] as number;
      (counts[i] as number)++;
      (sums[i * 5] as number) += x;
      (sums[i * 5 + 1] as number) += y;
      (sums[i * 5 + 2] as number) += image.y[at] as number;
      (sums[i * 5 + 3] as number) += image.u[at] as number;
      (sums[i * 5 + 4] as number) += image.v[at] as number;
    }
  }
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    for (let k = i * 5; count > 0 && k < i * 5 + 5; k++) {
      centers[k] = (sums[k] as number) / count;
    }
  }
}

/** Carry regions over to full size: inside of a region as they are, at its borders by the full image's colors. */
function sharpen(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  reduction: number,
  coarse: Planes,
  nearest: Uint16Array,
  centers: Centers,
  apart: number,
): Uint16Array {
  const full = new Uint16Array(width * height);
  const byPlace = (COMPACTNESS / apart) ** 2;
  for (let row = 0; row < coarse.height; row++) {
    for (let column = 0; column < coarse.width; column++) {
      const rivals = regionsAround(nearest, coarse, column, row);
      const left = column * reduction;
      const right = Math.min(left + reduction, width);
      const bottom = Math.min((row + 1) * reduction, height);
      for (let y = row * reduction; y < bottom; y++) {
        if (rivals.length === 1) {
          full.fill(rivals[0] as number, y * width + left, y * width + right);
          continue;
        }
        for (let x = left; x < right; x++) {
          full[y * width + x] = closest(rgba, (y * width + x) * 4, x / reduction, y / reduction, rivals, centers, byPlace);
        }
      }
    }
  }
  return full;
}

function regionsAround(nearest: Uint16Array, coarse: Planes, column: number, row: number): readonly number[] {
  const own = nearest[row * coarse.width + column] as number;
  const rivals = [own];
  for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, coarse.height - 1); y++) {
    for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, coarse.width - 1); x++) {
      const region = nearest[y * coarse.width + x] as number;
      if (region !== own && !rivals.includes(region)) {
        rivals.push(region);
      }
    }
  }
  return rivals;
}

function closest(
  rgba: Uint8ClampedArray,
  at: number,
  x: number,
  y: number,
  rivals: readonly number[],
  centers: Centers,
  byPlace: number,
): number {
  const r = rgba[at] as number;
  const g = rgba[at + 1] as number;
  const b = rgba[at + 2] as number;
  const bright = 0.299 * r + 0.587 * g + 0.114 * b;
  let best = Infinity;
  let found = 0;
  for (const rival of rivals) {
    const k = rival * 5;
    const dx = x - (centers[k] as number);
    const dy = y - (centers[k + 1] as number);
    const dBright = bright - (centers[k + 2] as number);
    const dBlue = b - bright - (centers[k + 3] as number);
    const dRed = r - bright - (centers[k + 4] as number);
    const far = dBright * dBright + dBlue * dBlue + dRed * dRed + byPlace * (dx * dx + dy * dy);
    if (far < best) {
      best = far;
      found = rival;
    }
  }
  return found;
}

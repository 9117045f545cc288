import type { Point, Rect } from "../annotation/geometry";
import type { Area } from "./area";
import type { Superpixels } from "./one-piece";

/** Superpixels as a tool uses them: what is where, and how to get from one to the next. */
export class SuperpixelMap {
  constructor(readonly found: Superpixels) {}

  /** The region at a point; null outside of the image. */
  regionAt(point: Point): number | null {
    const { width, height, regions } = this.found;
    const inside = point.x >= 0 && point.y >= 0 && point.x < width && point.y < height;
    return inside ? (regions[Math.floor(point.y) * width + Math.floor(point.x)] as number) : null;
  }

  /** The rectangle around a region. */
  box(region: number): Rect {
    const [left = 0, top = 0, right = 0, bottom = 0] = this.found.boxes.subarray(region * 4, region * 4 + 4);
    return { left, top, width: right - left, height: bottom - top };
  }

  /** The pixels of a region. */
  area(region: number): Area {
    const { regions, width } = this.found;
    const { left, top, width: across, height } = this.box(region);
    const right = left + across;
    return {
      spans: (take) => {
        for (let y = top; y < top + height; y++) {
          for (let x = left; x < right; x++) {
            const from = x;
            while (x < right && regions[y * width + x] === region) {
              x++;
            }
            if (x > from) {
              take(y, from, x);
            }
          }
        }
      },
    };
  }

  /** A pixel's center inside of a region, near its middle. */
  heart(region: number): Point {
    const { left, top, width, height } = this.box(region);
    const middle = { x: left + width / 2, y: top + height / 2 };
    let best = Infinity;
    let heart = middle;
    this.area(region).spans((y, from, to) => {
      const x = Math.min(Math.max(Math.floor(middle.x), from), to - 1);
      const far = (x + 0.5 - middle.x) ** 2 + (y + 0.5 - middle.y) ** 2;
      if (far < best) {
        best = far;
        heart = { x: x + 0.5, y: y + 0.5 };
      }
    });
    return heart;
  }

  /** Go straight on until another region begins; gives its heart, or the point itself at the edge of the image. */
  next(from: Point, dx: number, dy: number): Point {
    const own = this.regionAt(from);
    let { x, y } = from;
    for (;;) {
      x += dx;
      y += dy;
      const region = this.regionAt({ x, y });
      if (region === null) {
        return from;
      }
      if (region !== own) {
        return this.heart(region);
      }
    }
  }

  /** Lines between regions as a picture of the given size: opaque where a line runs. */
  lines(width: number, height: number, color: number): Uint32Array {
    const { found } = this;
    const columns = Int32Array.from({ length: width + 1 }, (_, x) => Math.min(Math.floor((x * found.width) / width), found.width - 1));
    const picture = new Uint32Array(width * height);
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * found.height) / height) * found.width;
      const below = Math.min(Math.floor(((y + 1) * found.height) / height), found.height - 1) * found.width;
      for (let x = 0; x < width; x++) {
        const region = found.regions[row + (columns[x] as number)];
        const other = found.regions[row + (columns[x + 1] as number)] !== region;
        if (other || found.regions[below + (columns[x] as number)] !== region) {
          picture[y * width + x] = color;
        }
      }
    }
    return picture;
  }
}

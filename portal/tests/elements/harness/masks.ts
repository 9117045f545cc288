import { deflateSync, inflateSync } from "node:zlib";
import { chunk } from "./images";

const CLEAR = "#00000000";

/** A PNG of 120×80 pixels: red on the left, blue on the right. */
export function halvesPng(): Buffer {
  return drawnPng((x) => (x < 60 ? "#d04030ff" : "#3050c8ff"));
}

/** A mask of 120×80 pixels: `#00aa00` from (10, 10) to (50, 40), `#1f77b4` from (60, 20) to (90, 60), `#123456` below 70. */
export function maskPng(): Buffer {
  return drawnPng((x, y) => {
    if (x >= 10 && x < 50 && y >= 10 && y < 40) {
      return "#00aa00ff";
    }
    if (x >= 60 && x < 90 && y >= 20 && y < 60) {
      return "#1f77b4ff";
    }
    return y >= 70 ? "#123456ff" : CLEAR;
  });
}

/** A picture read pixel by pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The pixel as `#rrggbbaa`. */
  at(x: number, y: number): string;
  /** How many pixels have each color. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Read a PNG of 8 bits a channel with transparency, given in base64. */
export function readPng(base64: string): Picture {
  const file = Buffer.from(base64, "base64");
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (file.readUInt8(24) !== 8 || file.readUInt8(25) !== 6) {
    throw new Error("this is no PNG of four channels with 8 bits");
  }
  const pixels = unfiltered(inflateSync(imageData(file)), width * 4, height);
  const at = (x: number, y: number): string => `#${pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4).toString("hex")}`;
  const counts: Record<string, number> = {};
  for (let i = 0; i < width * height; i++) {
    const color = at(i % width, Math.floor(i / width));
    counts[color] = (counts[color] ?? 0) + 1;
  }
  return { width, height, at, counts };
}

/** A PNG of 120×80 pixels, each in the color `#rrggbbaa` that a function gives. */
function drawnPng(colorAt: (x: number, y: number) => string, width = 120, height = 80): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const row = 1 + width * 4;
  const rows = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.write(colorAt(x, y).slice(1), y * row + 1 + x * 4, "hex");
    }
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** The bytes of all IDAT chunks. */
function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") {
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
    }
  }
  return Buffer.concat(parts);
}

/** Undo the filters that PNG puts on rows of so many bytes. */
function unfiltered(data: Buffer, row: number, height: number): Buffer {
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x++) {
      const left = x >= 4 ? (out[y * row + x - 4] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * row + x] ?? 0) : 0;
      const corner = x >= 4 && y > 0 ? (out[(y - 1) * row + x - 4] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[y * row + x] = ((data[y * (row + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

import { crc32, deflateSync } from "node:zlib";

/** A PNG, by default of 120×80 pixels: two blues in a chess pattern of six by four squares. */
export function bluePng(width = 120, height = 80): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = (Math.floor((6 * x) / width) + Math.floor((4 * y) / height)) % 2 === 0;
      rows.set(light ? [95, 150, 200] : [40, 80, 140], y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** A JPEG stored as 60×40 pixels that asks, in its EXIF data, to be shown turned by 90°. */
export function turnedJpeg(): Buffer {
  return Buffer.from(TURNED, "base64");
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const TURNED =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEy" +
  "ccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09P" +
  "T09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAoADwDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAYFBP/EACcQAQAAAw" +
  "YFBQAAAAAAAAAAAAABBBEFBhZko+ESFDWCsgMTIjFh/8QAGgEBAAIDAQAAAAAAAAAAAAAAAAQFAQIGA//EACcRAAEDAgENAAAAAAAAAAAAAAAB" +
  "AgMEsdEFERQVITM0UVJhcXKh/9oADAMBAAIRAxEAPwCqAcmWQZt4OizHb5QaTNvB0WY7fKCTR8RH7Jc8pt27wpFgO8KAAAKPFOS1djFOS1dk4K" +
  "3VNH0fVxJOlzc7FHinJauzmtC3+dkvUluV4OOny9ytKRhH6p+MUbsyZSscjmt2p3XEw6qlcmZVsAE8jgAAAAAAAAAAAf/Z";

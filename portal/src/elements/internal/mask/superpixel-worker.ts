import { findSuperpixels } from "./find-superpixels";

/** An image to divide. */
export interface Order {
  readonly rgba: ArrayBuffer;
  readonly width: number;
  readonly height: number;
  readonly spacing: number;
}

self.onmessage = ({ data }: MessageEvent<Order>) => {
  const found = findSuperpixels(new Uint8ClampedArray(data.rgba), data.width, data.height, data.spacing);
  self.postMessage(found, { transfer: [found.regions.buffer, found.boxes.buffer] });
};

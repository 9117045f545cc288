import type { Size } from "../annotation/geometry";
import { contextOf } from "./mask-picture";
import type { Superpixels } from "./one-piece";
import { SuperpixelMap } from "./superpixel-map";
import type { Order } from "./superpixel-worker";
import SuperpixelWorker from "./superpixel-worker?worker&inline";

/** A division of an image that is under way. */
export interface Division {
  /** Resolves with the regions, or with null when the browser lets no worker run; never, once stopped. */
  readonly done: Promise<SuperpixelMap | null>;
  stop(): void;
}

/** The pixels of an image in the page; null when the browser may not read them. */
export function readPixels(image: HTMLImageElement, size: Size): ArrayBuffer | null {
  if (image.crossOrigin === null) {
    return null;
  }
  try {
    const context = contextOf(size);
    context.drawImage(image, 0, 0, size.width, size.height);
    return context.getImageData(0, 0, size.width, size.height).data.buffer;
  } catch {
    return null;
  }
}

/** Divide an image into superpixels, off the page's thread. */
export function divide(rgba: ArrayBuffer, { width, height }: Size, spacing: number): Division {
  const worker = new SuperpixelWorker();
  const done = new Promise<SuperpixelMap | null>((resolve) => {
    worker.onerror = () => resolve(null);
    worker.onmessage = ({ data }: MessageEvent<Superpixels>) => {
      worker.terminate();
      resolve(new SuperpixelMap(data));
    };
  });
  const order: Order = { rgba, width, height, spacing };
  worker.postMessage(order, [rgba]);
  return { done, stop: () => worker.terminate() };
}

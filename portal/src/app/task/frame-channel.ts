import { type FromFrame, type ToFrame, envelope, readFrameMessage } from "../frame-protocol";
import type { Frames } from "./task-board";

interface Line {
  readonly nonce: string;
  readonly frame: () => Window | null;
}

/**
 * The way to the frames and back. A message counts only when it comes from the window of a known frame and carries
 * that frame's nonce: the origin of a sandboxed frame is "null" and proves nothing.
 */
export class FrameChannel implements Frames {
  private readonly lines = new Map<string, Line>();

  constructor(
    private readonly receive: (key: string, message: FromFrame) => void,
    private readonly newNonce: () => string = randomNonce,
  ) {}

  /** Make a frame known; its window is looked up when needed, for the frame may not be in the page yet. */
  connect(key: string, frame: () => Window | null): void {
    if (!this.lines.has(key)) {
      this.lines.set(key, { nonce: this.newNonce(), frame });
    }
  }

  /** Forget all frames but these. */
  keep(keys: readonly string[]): void {
    for (const key of [...this.lines.keys()].filter((known) => !keys.includes(known))) {
      this.lines.delete(key);
    }
  }

  post(key: string, message: ToFrame): void {
    const line = this.lines.get(key);
    // The frame's origin is opaque, so no target origin but "*" would match it.
    line?.frame()?.postMessage(envelope(line.nonce, message), "*");
  }

  readonly onMessage = (event: MessageEvent): void => {
    if (event.source === null) {
      return;
    }
    for (const [key, line] of this.lines) {
      if (event.source === line.frame()) {
        const message = readFrameMessage(event.data, line.nonce);
        if (message !== null) {
          this.receive(key, message);
        }
        return;
      }
    }
  };
}

function randomNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

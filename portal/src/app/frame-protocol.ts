/** Messages between the portal and the sandboxed frame of a task; the contract is docs/architecture.md, "The frame". */

/** The answer of one task: untrusted JSON, written by the template's code. */
export type Answer = Readonly<Record<string, unknown>>;

/** What the frame tells the portal. */
export type FromFrame =
  | { readonly type: "hello" }
  | { readonly type: "ready" }
  | { readonly type: "submit"; readonly answer: Answer }
  | { readonly type: "draft"; readonly answer: Answer }
  | { readonly type: "activity" }
  | { readonly type: "instructions-read" }
  | ({ readonly type: "key" } & Keystroke)
  | { readonly type: "failed-resource"; readonly url: string };

/** What the portal tells the frame. */
export type ToFrame =
  | { readonly type: "start"; readonly draft?: Answer; readonly firstTask?: true }
  | { readonly type: "collect" }
  | { readonly type: "submit-result"; readonly ok: boolean; readonly message?: string }
  | { readonly type: "urls"; readonly urls: Readonly<Record<string, string>> };

/** A key press, wherever it happened. */
export interface Keystroke {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

const LONGEST_URL = 8192;
const LONGEST_KEY = 32;

/** Wrap a message for the frame that knows `nonce`. */
export function envelope(nonce: string, message: ToFrame): Readonly<Record<string, unknown>> {
  return { groundwork: 1, nonce, ...message };
}

/**
 * Read a message that came from the frame's window.
 *
 * Returns null for anything that is not a whole, well-formed message with the nonce: the frame runs somebody else's
 * script, so nothing about its messages is taken for granted. Only `hello` may come without the nonce, because the
 * frame does not know it yet.
 */
export function readFrameMessage(data: unknown, nonce: string): FromFrame | null {
  if (!isRecord(data) || data["groundwork"] !== 1) {
    return null;
  }
  if (data["type"] === "hello") {
    return { type: "hello" };
  }
  if (data["nonce"] !== nonce) {
    return null;
  }
  switch (data["type"]) {
    case "ready":
    case "activity":
    case "instructions-read":
      return { type: data["type"] };
    case "submit":
    case "draft":
      return isRecord(data["answer"]) ? { type: data["type"], answer: data["answer"] } : null;
    case "key":
      return keystroke(data);
    case "failed-resource":
      return isText(data["url"], LONGEST_URL) ? { type: "failed-resource", url: data["url"] } : null;
    default:
      return null;
  }
}

function keystroke(data: Record<string, unknown>): FromFrame | null {
  if (!isText(data["key"], LONGEST_KEY)) {
    return null;
  }
  const { ctrl, shift, alt } = data;
  return { type: "key", key: data["key"], ctrl: ctrl === true, shift: shift === true, alt: alt === true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= longest;
}

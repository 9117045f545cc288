import type { Answer } from "../elements/internal/answer";

/** What the frame tells the portal; the contract is docs/architecture.md, "The frame". */
export type ToPortal =
  | { readonly type: "hello" }
  | { readonly type: "ready" }
  | { readonly type: "submit"; readonly answer: Answer }
  | { readonly type: "draft"; readonly answer: Answer }
  | { readonly type: "activity" }
  | { readonly type: "instructions-read" }
  | { readonly type: "key"; readonly key: string; readonly ctrl: boolean; readonly shift: boolean; readonly alt: boolean }
  | { readonly type: "failed-resource"; readonly url: string };

/** What the portal tells the frame. */
export type FromPortal =
  | Start
  | { readonly type: "collect" }
  | { readonly type: "submit-result"; readonly ok: boolean; readonly message?: string }
  | { readonly type: "urls"; readonly urls: Readonly<Record<string, string>> };

/** The first message: the frame may show itself, with the draft where there is one. */
export interface Start {
  readonly type: "start";
  readonly nonce: string;
  readonly draft?: Answer;
  readonly preview: boolean;
  /** The worker has not read this job's instructions yet. */
  readonly firstTask: boolean;
}

/** Read a message of the portal; null for anything else. Before `start` only `start` counts, and it brings the nonce. */
export function readPortalMessage(data: unknown, nonce: string | null): FromPortal | null {
  if (!isRecord(data) || data["groundwork"] !== 1 || typeof data["nonce"] !== "string") {
    return null;
  }
  if (nonce === null) {
    return data["type"] === "start" && data["nonce"] !== "" ? start(data, data["nonce"]) : null;
  }
  if (data["nonce"] !== nonce) {
    return null;
  }
  switch (data["type"]) {
    case "collect":
      return { type: "collect" };
    case "submit-result":
      return typeof data["message"] === "string"
        ? { type: "submit-result", ok: data["ok"] === true, message: data["message"] }
        : { type: "submit-result", ok: data["ok"] === true };
    case "urls":
      return isRecord(data["urls"]) ? { type: "urls", urls: texts(data["urls"]) } : null;
    default:
      return null;
  }
}

function start(data: Record<string, unknown>, nonce: string): Start {
  const plain: Start = { type: "start", nonce, preview: data["preview"] === true, firstTask: data["firstTask"] === true };
  return isRecord(data["draft"]) ? { ...plain, draft: data["draft"] as Answer } : plain;
}

function texts(urls: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(urls).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

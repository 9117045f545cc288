import { connectedElements } from "./element";

/**
 * Resolves when the document is parsed and every crowd element in it is rendered; then fires
 * `all-crowd-elements-ready` on the document, once.
 */
export async function announceReady(): Promise<void> {
  if (document.readyState === "loading") {
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  }
  await nextTurn();
  await rendered();
  document.dispatchEvent(new Event("all-crowd-elements-ready", { bubbles: true, composed: true }));
}

/** Rendering one element may bring in others, so it goes on until nothing waits. */
export async function rendered(): Promise<void> {
  for (;;) {
    const waiting = [...connectedElements()].filter((element) => element.isUpdatePending || !element.hasUpdated);
    if (waiting.length === 0) {
      return;
    }
    await Promise.all(waiting.map((element) => element.updateComplete));
  }
}

/** The scripts that ran while parsing must have had their chance to listen. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

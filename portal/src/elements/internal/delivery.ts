import type { Answer } from "./answer";

/** Takes an answer to whoever asked for it; resolves when it has arrived, rejects with a sentence for the worker. */
export type Delivery = (answer: Answer) => Promise<void>;

let current: Delivery | null = null;

/** Choose who takes submitted answers; null: nobody, the form shows them itself. */
export function deliverTo(delivery: Delivery | null): void {
  current = delivery;
}

/** Who takes submitted answers now. */
export function delivery(): Delivery | null {
  return current;
}

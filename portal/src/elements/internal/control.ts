import type { Contribution } from "./answer";
import type { Json } from "./relaxed-json";

/** A crowd element that takes part in the answer. */
export interface CrowdControl extends HTMLElement {
  /** Key in the answer; without a key the control is not collected. */
  name: string;
  /** Key in the answer where that is given by the element's kind, not by its name. */
  readonly answerKey?: string;
  /** A form of its own in its shadow root; the controls in there count as its descendants. */
  readonly innerForm?: Element | null;
  /** What goes into the answer, or null to stay out of it. */
  contribution(): Contribution | null;
  /** Take back what was saved under its name; undefined when nothing was. */
  restore(saved: Json | undefined): void;
  /** Back to the state the template gave it. */
  reset(): void;
  /** Why this can't be submitted yet, as a sentence for the worker, or null. */
  problem(): string | null;
  /** Show the problem at the control and take the focus. */
  showProblem(message: string): void;
}

/** Whether a node is a crowd element that takes part in the answer. */
export function isCrowdControl(node: Node): node is CrowdControl {
  return typeof (node as Partial<CrowdControl>).contribution === "function";
}

/** A container that may hide its content: a tab, a dialog. */
interface Concealer {
  reveal(inner: Element): void;
}

/** Open every tab and dialog around an element, so that it can be seen and focused. */
export function revealAround(element: Element): void {
  for (let around: Element | null = element; around; around = parentAcrossShadow(around)) {
    const concealer = around as Element & Partial<Concealer>;
    if (around !== element && typeof concealer.reveal === "function") {
      concealer.reveal(element);
    }
  }
}

/** The nearest element around (or the element itself) that matches, across shadow roots. */
export function closestAcrossShadow(element: Element, selector: string): Element | null {
  for (let around: Element | null = element; around; around = parentAcrossShadow(around)) {
    if (around.matches(selector)) {
      return around;
    }
  }
  return null;
}

function parentAcrossShadow(element: Element): Element | null {
  if (element.parentElement) {
    return element.parentElement;
  }
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

const LINE_TYPES = new Set(["text", "search", "url", "tel", "email", "password", "number", "date", "time", "month", "week"]);

/** Whether an event's target is a field of one line, in which Enter submits. */
export function isTextField(target: EventTarget | null | undefined): boolean {
  return target instanceof HTMLInputElement && (LINE_TYPES.has(target.type) || target.type === "datetime-local");
}

/** Whether an event's target is the page itself: nothing on it has the focus. */
export function isPage(target: EventTarget | null | undefined): boolean {
  return target === document.body || target === document.documentElement;
}

/** Whether an event's target takes what is typed, so that keys are no shortcuts there. */
export function isTyping(target: EventTarget | null | undefined): boolean {
  return (
    isTextField(target) ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

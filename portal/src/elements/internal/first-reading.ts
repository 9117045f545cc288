import { html, type LitElement, type TemplateResult } from "lit";
import { openDialog } from "./dialog";
import { connectedElements } from "./element";

/** An element with full instructions that can open them by itself. */
interface Instructor {
  /** Open them, and tell when the worker has closed them; false when there are none to open. */
  openInstructions(onRead: () => void): Promise<boolean>;
}

/**
 * Open the page's full instructions before the worker's first task of a job; a page without any opens nothing.
 *
 * Those of a widget or form come first. `crowd-instructions` opens when it is all the page has: one beside others, or
 * one of several, explains only a part.
 */
export async function openFirstReading(onRead: () => void): Promise<void> {
  const ordered = [...connectedElements()].sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  const isInstructions = (element: Element): boolean => element.localName === "crowd-instructions";
  for (const element of ordered.filter((each) => !isInstructions(each))) {
    if (isInstructor(element) && (await element.openInstructions(onRead))) {
      return;
    }
  }
  const [only, ...others] = ordered.filter(isInstructions);
  const alone = others.length === 0 && document.querySelector("short-instructions, full-instructions") === null;
  if (only && alone && isInstructor(only)) {
    await only.openInstructions(onRead);
  }
}

function isInstructor(element: Element): element is Element & Instructor {
  return typeof (element as Partial<Instructor>).openInstructions === "function";
}

/** A dialog of instructions while it is read for the first time: it has a Start button, and tells when it closes. */
export class FirstReading {
  private reading = false;

  /** `selector` finds the dialog among what the host renders. */
  constructor(
    private readonly host: LitElement,
    private readonly selector: string,
  ) {}

  /** Open the dialog; false when the host renders none. */
  async open(onRead: () => void): Promise<boolean> {
    const dialog = this.dialog;
    if (!dialog) {
      return false;
    }
    await this.show(true);
    openDialog(dialog);
    // A page can't take the focus while its frame does not have it, so Start gets it again when the frame does. The
    // browser would do neither for an `autofocus`: it refuses that to frames of another origin.
    const focusStart = (): void => dialog.querySelector<HTMLElement>("footer > button")?.focus();
    focusStart();
    window.addEventListener("focus", focusStart, { once: true });
    const close = (): void => {
      window.removeEventListener("focus", focusStart);
      onRead();
      void this.show(false);
    };
    dialog.addEventListener("close", close, { once: true });
    return true;
  }

  /** What stands below the instructions: the Start button of the first reading. */
  footer(): TemplateResult | null {
    return this.reading
      ? html`<button type="button" class="dialog-done" @click=${() => this.dialog?.close()}>Start</button>`
      : null;
  }

  private get dialog(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector<HTMLDialogElement>(this.selector);
  }

  private async show(reading: boolean): Promise<void> {
    this.reading = reading;
    this.host.requestUpdate();
    await this.host.updateComplete;
  }
}


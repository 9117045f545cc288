import type { Keystroke } from "../frame-protocol";

/** What a worker can do on the task page by keyboard. */
export type Command = "skip" | "decline" | "report" | "stop" | "help";

/**
 * The shortcuts: Alt and Shift with a letter, because a template's fields and tools own the single keys and the browser
 * owns most of Ctrl. `?` works too where nobody is typing.
 */
export const SHORTCUTS: readonly { readonly command: Command; readonly letter: string; readonly text: string }[] = [
  { command: "skip", letter: "k", text: "Skip this task" },
  { command: "decline", letter: "d", text: "Decline this task" },
  { command: "report", letter: "r", text: "Report a problem" },
  { command: "stop", letter: "s", text: "Stop and keep the draft" },
  { command: "help", letter: "h", text: "Show the shortcuts" },
];

/** The command of a key press in the portal's page or in the frame, or null. */
export function commandOf(stroke: Keystroke): Command | null {
  if (stroke.ctrl) {
    return null;
  }
  if (stroke.key === "?" && !stroke.alt) {
    return "help";
  }
  if (!stroke.alt || !stroke.shift) {
    return null;
  }
  const letter = stroke.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => shortcut.letter === letter)?.command ?? null;
}

/** A keyboard event as a keystroke: the letter's place decides, since Alt makes other characters on some systems. */
export function keystrokeOf(event: KeyboardEvent): Keystroke {
  const { altKey: alt, shiftKey: shift } = event;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const key = alt && letter !== undefined && event.key.length === 1 && !/[a-z]/i.test(event.key) ? letter : event.key;
  return { key, ctrl: event.ctrlKey || event.metaKey, shift, alt };
}

/** Whether a key press goes into a field, where plain characters are text. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

import type { Shortcut } from "../internal/shortcuts";

/** The keys of the widget, for its Shortcuts dialog. */
export const SHORTCUTS: readonly Shortcut[] = [
  [["1", "…", "9", "0"], "Give a label to what is selected; with nothing selected, choose the label for what you mark next"],
  [["←", "→", "↑", "↓"], "Move the caret, while the text is focused"],
  [["Ctrl+←", "Ctrl+→"], "Move by words"],
  [["Home", "End"], "Go to the start or end of the paragraph; with Ctrl, of the text"],
  [["Shift"], "Select, together with the keys that move the caret"],
  [["Enter"], "In the text: give the chosen label to the selection, or select the span at the caret"],
  [["N", "P"], "Select the next or the previous span"],
  [["Delete"], "Remove the selected span"],
  [["Ctrl+Z", "Ctrl+Y"], "Undo, redo"],
  [["H"], "Hide or show all spans"],
  [["Esc"], "Drop the selection, then the chosen label"],
  [["Ctrl+Enter"], "Submit from anywhere"],
];

/** What the keys do; each is false when there was nothing to do. */
export interface KeyActs {
  /** Give or choose the label with that key. */
  readonly label: (key: string) => boolean;
  readonly remove: () => boolean;
  readonly letGo: () => boolean;
  /** In the text: label the selection, or select what is at the caret. */
  readonly takeAtCaret: () => boolean;
  /** Select the next or previous span; from a row of the list, the focus goes along. */
  readonly step: (by: 1 | -1, inList: boolean) => boolean;
  readonly hideAll: () => boolean;
  readonly undo: () => boolean;
  readonly redo: () => boolean;
}

/** Take a key of the widget; false when it is none. A label key that is held down counts once. */
export function takeKey(event: KeyboardEvent, acts: KeyActs): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    const redo = key === "y" || (key === "z" && event.shiftKey);
    return redo ? acts.redo() : key === "z" && acts.undo();
  }
  if (event.altKey) {
    return false;
  }
  switch (key) {
    case "Delete":
    case "Backspace":
      return acts.remove();
    case "Escape":
      return acts.letGo();
    case "Enter":
      return acts.takeAtCaret();
    case "n":
    case "p":
      return acts.step(key === "n" ? 1 : -1, false);
    case "h":
      return acts.hideAll();
    case "ArrowDown":
    case "ArrowUp":
      return (event.composedPath()[0] as Element).matches(".span-row") && acts.step(key === "ArrowDown" ? 1 : -1, true);
  }
  return event.repeat ? false : acts.label(key);
}

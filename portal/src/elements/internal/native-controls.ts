import type { Contribution } from "./answer";
import type { Json } from "./relaxed-json";

/** A control of HTML itself. */
export type NativeControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const BUTTON_TYPES = new Set(["button", "submit", "reset", "image"]);

/** Whether a node is a control of HTML that can hold a part of the answer. */
export function isNativeControl(node: Node): node is NativeControl {
  if (node instanceof HTMLInputElement) {
    return !BUTTON_TYPES.has(node.type);
  }
  return node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
}

/** What a control of HTML adds to the answer; disabled ones add nothing, as in HTML. */
export function nativeContribution(control: NativeControl): Contribution | null {
  if (control.matches(":disabled")) {
    return null;
  }
  if (isToggle(control)) {
    return { kind: "flags", flags: { [control.value]: control.checked } };
  }
  return { kind: "value", value: nativeValue(control) };
}

/** Set a control of HTML to what was saved under its name, and tell the template's scripts. */
export function restoreNative(control: NativeControl, saved: Json | undefined): void {
  const before = stateOf(control);
  if (isToggle(control)) {
    const flag = typeof saved === "object" && saved !== null ? (saved as Record<string, Json>)[control.value] : undefined;
    control.checked = typeof flag === "boolean" ? flag : control.checked;
  } else if (control instanceof HTMLSelectElement && control.multiple) {
    const chosen = Array.isArray(saved) ? saved : [];
    for (const option of control.options) {
      option.selected = chosen.includes(option.value);
    }
  } else if (typeof saved === "string" && control.type !== "file") {
    control.value = saved;
  }
  if (stateOf(control) !== before) {
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Whether the control is one of the boxes and radios whose contributions merge. */
export function isToggle(control: NativeControl): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}

function nativeValue(control: NativeControl): Json {
  if (control instanceof HTMLSelectElement && control.multiple) {
    return Array.from(control.selectedOptions, (option) => option.value);
  }
  if (control instanceof HTMLInputElement && control.type === "file") {
    return control.files?.[0]?.name ?? "";
  }
  return control instanceof HTMLTextAreaElement ? control.value.replace(/\r\n?/g, "\n") : control.value;
}

function stateOf(control: NativeControl): string {
  return isToggle(control) ? String(control.checked) : JSON.stringify(nativeValue(control));
}

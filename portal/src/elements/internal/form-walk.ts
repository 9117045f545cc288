import { type Answer, assembleAnswer, type Contribution, type NamedContribution } from "./answer";
import { type CrowdControl, isCrowdControl, revealAround } from "./control";
import { isNativeControl, type NativeControl, nativeContribution, restoreNative } from "./native-controls";

type Control = NativeControl | CrowdControl;

/**
 * The controls in an element, in document order, itself first if it is one.
 *
 * Shadow roots are not entered, but for a widget's inner form.
 */
export function controlsIn(root: Element): Control[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  const controls: Control[] = [];
  for (let node: Node | null = root; node; node = walker.nextNode()) {
    if (isCrowdControl(node)) {
      controls.push(node, ...(node.innerForm ? controlsIn(node.innerForm) : []));
    } else if (isNativeControl(node)) {
      controls.push(node);
    }
  }
  return controls;
}

/** The answer as it stands below an element. */
export function collectAnswer(root: Element): Answer {
  const named: NamedContribution[] = [];
  for (const [key, , contribution] of contributing(root)) {
    if (contribution) {
      named.push([key, contribution]);
    }
  }
  return assembleAnswer(named);
}

/**
 * Put a saved answer back into the controls below an element.
 *
 * When several controls share a name, only those whose contribution survives in an answer take it back.
 */
export function restoreAnswer(root: Element, answer: Answer): void {
  const survivors = new Map<string, { flags: boolean; controls: Control[] }>();
  for (const [key, control, contribution] of contributing(root)) {
    const flags = contribution?.kind === "flags";
    const earlier = survivors.get(key);
    if (flags && earlier?.flags) {
      earlier.controls.push(control);
    } else {
      survivors.set(key, { flags, controls: [control] });
    }
  }
  for (const [name, { controls }] of survivors) {
    const saved = Object.hasOwn(answer, name) ? answer[name] : undefined;
    for (const control of controls) {
      if (isNativeControl(control)) {
        restoreNative(control, saved);
      } else {
        control.restore(saved);
      }
    }
  }
}

/** The first control below an element that can't be submitted yet, and why. */
export function firstProblem(root: Element): { readonly control: Control; readonly message: string } | null {
  for (const control of controlsIn(root)) {
    const message = isNativeControl(control) ? nativeProblem(control) : control.problem();
    if (message !== null) {
      return { control, message };
    }
  }
  return null;
}

/** Open what hides a control, show the problem there and focus it. */
export function showProblem(control: Control, message: string): void {
  revealAround(control);
  if (isNativeControl(control)) {
    control.focus();
    control.reportValidity();
  } else {
    control.showProblem(message);
  }
}

function* contributing(root: Element): Generator<[string, Control, Contribution | null]> {
  for (const control of controlsIn(root)) {
    if (isNativeControl(control)) {
      if (control.name) {
        yield [control.name, control, nativeContribution(control)];
      }
    } else if (control.answerKey ?? control.name) {
      yield [control.answerKey ?? control.name, control, control.contribution()];
    }
  }
}

function nativeProblem(control: NativeControl): string | null {
  return !control.willValidate || control.validity.valid ? null : control.validationMessage;
}

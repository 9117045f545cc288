import { property, query, state } from "lit/decorators.js";
import type { Contribution } from "./answer";
import type { CrowdControl } from "./control";
import { announceChange, CrowdElement, decimal, flag, presence } from "./element";
import type { Json } from "./relaxed-json";

/** What single-line and multi-line text controls share: value, rules, messages. */
export abstract class TextField extends CrowdElement implements CrowdControl {
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property() name = "";
  @property() label = "";
  @property() placeholder = "";
  /** With `autoValidate`: characters that do not match are ignored while typing. */
  @property({ attribute: "allowed-pattern" }) allowedPattern = "";
  @property({ attribute: "auto-focus", converter: flag }) autoFocus = false;
  @property({ attribute: "auto-validate", converter: presence }) autoValidate = false;
  @property({ attribute: "error-message" }) errorMessage = "";
  @property({ attribute: "max-length", converter: decimal }) maxLength?: number;
  @property({ attribute: "min-length", converter: decimal }) minLength?: number;
  @property({ converter: presence }) required = false;
  @property({ converter: flag, reflect: true }) disabled = false;

  @state() protected complaint = "";
  @query("#field") protected field!: HTMLInputElement | HTMLTextAreaElement | null;

  private text = "";

  /** The text; null clears it. */
  @property()
  get value(): string {
    return this.text;
  }

  set value(text: string | null) {
    const before = this.text;
    this.text = text === null || text === undefined ? "" : String(text);
    this.requestUpdate("value", before);
  }

  contribution(): Contribution | null {
    return this.disabled || this.value === "" ? null : { kind: "value", value: this.value };
  }

  restore(saved: Json | undefined): void {
    const text = typeof saved === "string" ? saved : "";
    if (text !== this.value) {
      this.value = text;
      announceChange(this);
    }
  }

  reset(): void {
    this.value = this.getAttribute("value");
    this.complaint = "";
  }

  problem(): string | null {
    if (this.disabled) {
      return null;
    }
    const what = this.label || this.name || "this field";
    const found = this.ruleBroken(what);
    return found === null ? null : this.errorMessage || found;
  }

  showProblem(message: string): void {
    this.complaint = message;
    this.focus();
  }

  override firstUpdated(): void {
    if (this.autoFocus && document.hasFocus()) {
      this.focus();
    } else if (this.autoFocus) {
      window.addEventListener("focus", () => this.focusUnlessBusy(), { once: true });
    }
  }

  /** A frame that waits for its turn must not take the focus from the one in use. */
  private focusUnlessBusy(): void {
    if (document.activeElement === document.body) {
      this.focus();
    }
  }

  /** Which rule the text breaks, as a sentence, or null. */
  protected ruleBroken(what: string): string | null {
    if (this.required && this.value === "") {
      return `Please fill in ${what}.`;
    }
    if (this.value !== "" && this.minLength !== undefined && this.value.length < this.minLength) {
      return `Please write at least ${this.minLength} characters in ${what}.`;
    }
    if (this.autoValidate && !this.allows(this.value)) {
      return `Please use only the allowed characters in ${what}.`;
    }
    return null;
  }

  protected onBeforeInput(event: InputEvent): void {
    if (this.autoValidate && event.data && !this.allows(event.data)) {
      event.preventDefault();
    }
  }

  protected onInput(): void {
    this.value = this.field?.value ?? "";
    if (this.autoValidate || this.complaint) {
      this.complaint = this.problem() ?? "";
    }
  }

  protected onChange(): void {
    announceChange(this);
  }

  private allows(text: string): boolean {
    if (!this.allowedPattern) {
      return true;
    }
    try {
      const pattern = new RegExp(`^(?:${this.allowedPattern})$`, "u");
      return [...text].every((character) => pattern.test(character));
    } catch {
      return true;
    }
  }
}

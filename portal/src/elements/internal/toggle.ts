import { property, query, state } from "lit/decorators.js";
import type { Contribution } from "./answer";
import type { CrowdControl } from "./control";
import { announceChange, CrowdElement, flag, presence } from "./element";
import type { Json } from "./relaxed-json";

/** What boxes, switches and radio buttons share: they are on or off and contribute a flag under their value. */
export abstract class Toggle extends CrowdElement implements CrowdControl {
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property() name = "";
  @property() value = "on";
  @property({ converter: flag, reflect: true }) disabled = false;
  @property({ converter: presence }) required = false;

  @state() protected complaint = "";
  @query("#box") protected box!: HTMLInputElement | null;

  private on = false;

  /** Whether it is on. */
  @property({ converter: flag })
  get checked(): boolean {
    return this.on;
  }

  set checked(on: boolean) {
    const before = this.on;
    this.on = Boolean(on);
    this.requestUpdate("checked", before);
    if (this.on && !before) {
      this.onTurnedOn();
    }
  }

  contribution(): Contribution {
    return { kind: "flags", flags: { [this.value]: this.checked } };
  }

  restore(saved: Json | undefined): void {
    const flags = typeof saved === "object" && saved !== null ? (saved as Record<string, Json>) : {};
    const on = flags[this.value];
    if (typeof on === "boolean" && on !== this.checked) {
      this.checked = on;
      announceChange(this);
    }
  }

  reset(): void {
    this.checked = flag.fromAttribute(this.getAttribute("checked"));
    this.complaint = "";
  }

  problem(): string | null {
    if (!this.required || this.checked || this.disabled) {
      return null;
    }
    return `Please tick “${this.words() || this.name}”.`;
  }

  showProblem(message: string): void {
    this.complaint = message;
    this.focus();
  }

  /** Called when it was off and is on now. */
  protected onTurnedOn(): void {}

  protected onChange(): void {
    this.checked = this.box?.checked ?? false;
    this.complaint = "";
    announceChange(this);
  }

  /** The text that names it. */
  protected words(): string {
    return this.textContent?.trim().replace(/\s+/g, " ") ?? "";
  }

  /** A name for the control inside when no text stands beside it. */
  protected spokenName(): string | undefined {
    return this.words() ? undefined : this.getAttribute("aria-label") || this.title || this.name || this.value;
  }
}

import { html } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { CrowdRadioButton } from "../crowd-radio-button/crowd-radio-button";
import { announceChange, CrowdElement, define } from "../internal/element";
import { styles } from "./crowd-radio-group.styles";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Radio buttons of which at most one is checked; the arrow keys walk through them. */
export class CrowdRadioGroup extends CrowdElement {
  static override styles = styles;

  private readonly arrivals = new MutationObserver(() => this.setTabStop());

  constructor() {
    super();
    this.addEventListener("keydown", (event) => this.walk(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.arrivals.observe(this, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    this.setTabStop();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.arrivals.disconnect();
  }

  /** Turn the other buttons off. */
  keepOnly(chosen: CrowdRadioButton): void {
    for (const button of this.buttons()) {
      if (button !== chosen && button.checked) {
        button.checked = false;
      }
    }
    this.setTabStop();
  }

  protected override content(): unknown {
    return html`<div role="radiogroup" aria-label=${ifDefined(this.getAttribute("aria-label") || this.title || undefined)}>
      <slot></slot>
    </div>`;
  }

  private buttons(): CrowdRadioButton[] {
    const own = [...this.querySelectorAll<CrowdRadioButton>("crowd-radio-button")];
    return own.filter((button) => button.closest("crowd-radio-group") === this);
  }

  private setTabStop(): void {
    const buttons = this.buttons();
    const usable = buttons.filter((button) => !button.disabled);
    const stop = usable.find((button) => button.checked) ?? usable[0];
    for (const button of buttons) {
      button.tabStop = button === stop;
    }
  }

  private walk(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const usable = this.buttons().filter((button) => !button.disabled);
    const at = usable.findIndex((button) => button === event.target);
    if (step === undefined || at < 0 || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const next = usable[(at + step + usable.length) % usable.length];
    if (next && next !== usable[at]) {
      next.checked = true;
      next.focus();
      next.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      announceChange(next);
    }
  }
}

define("crowd-radio-group", CrowdRadioGroup);

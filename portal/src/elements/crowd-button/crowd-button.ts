import { html } from "lit";
import { property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { closestAcrossShadow } from "../internal/control";
import { CrowdElement, define, flag, presence } from "../internal/element";
import { iconTemplate, iconWords } from "../internal/icons";
import { styles } from "./crowd-button.styles";

interface Form extends HTMLElement {
  submit(): void;
  reset(): void;
}

/** A button: plain, a link, or one that submits or resets the form around it. */
export class CrowdButton extends CrowdElement {
  static override styles = styles;
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property({ converter: flag, reflect: true }) disabled = false;
  /** Shows a spinner; beats disabled. */
  @property({ converter: presence, reflect: true }) loading = false;
  /** Set by the form while it waits for the answer to arrive. */
  @property({ attribute: false }) waiting = false;
  /** `submit`, `reset` or nothing. */
  @property({ attribute: "form-action" }) formAction = "";
  @property() href = "";
  @property() target = "";
  @property() icon = "";
  @property({ attribute: "icon-align" }) iconAlign = "left";
  @property({ attribute: "icon-url" }) iconUrl = "";
  /** `primary`, `normal`, `link` or `icon`. */
  @property() variant = "normal";

  constructor() {
    super();
    this.addEventListener("click", (event) => this.refuseWhenDisabled(event), { capture: true });
    this.addEventListener("click", (event) => this.actLater(event));
  }

  protected override content(): unknown {
    const busy = this.loading || this.waiting;
    const kind = this.variant === "icon" ? "icon-only" : this.variant;
    const classes = `button ${kind} ${this.iconAlign === "right" ? "right" : ""}`;
    const inside = html`${busy ? html`<span class="spinner" aria-hidden="true"></span>` : iconTemplate(this.iconUrl || this.icon)}
      ${this.variant === "icon" ? html`<slot hidden @slotchange=${() => this.requestUpdate()}></slot>` : html`<slot></slot>`}`;
    const name = this.variant === "icon" ? this.textContent?.trim() || this.title || iconWords(this.icon) || "button" : undefined;
    if (this.href && !this.disabled) {
      return html`<a class=${classes} href=${this.href} target=${this.target || "_self"} aria-label=${ifDefined(name)}>
        ${inside}
      </a>`;
    }
    return html`<button
      type="button"
      class=${classes}
      ?disabled=${this.disabled && !busy}
      aria-disabled=${busy ? "true" : "false"}
      aria-busy=${busy ? "true" : "false"}
      aria-label=${ifDefined(name)}
    >
      ${inside}
    </button>`;
  }

  private refuseWhenDisabled(event: Event): void {
    if (this.disabled || this.loading || this.waiting) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  /** The action is the click's default: it comes after every handler of the page, and any of them can prevent it. */
  private actLater(event: Event): void {
    if (this.formAction !== "submit" && this.formAction !== "reset") {
      return;
    }
    const action = this.formAction;
    setTimeout(() => {
      const form = closestAcrossShadow(this, "crowd-form") as Form | null;
      if (!event.defaultPrevented) {
        form?.[action]();
      }
    });
  }
}

define("crowd-button", CrowdButton);

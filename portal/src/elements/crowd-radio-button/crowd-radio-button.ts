import { html } from "lit";
import { property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { define } from "../internal/element";
import { Toggle } from "../internal/toggle";
import { styles } from "./crowd-radio-button.styles";

interface Group extends Element {
  keepOnly(button: CrowdRadioButton): void;
}

/** One choice of a crowd-radio-group; each has a name of its own in the answer. */
export class CrowdRadioButton extends Toggle {
  static override styles = styles;

  /** Whether Tab stops here; its group lets it stop at one of its buttons. */
  @property({ attribute: false }) tabStop = true;

  override problem(): string | null {
    return null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.checked) {
      this.onTurnedOn();
    }
  }

  protected override onTurnedOn(): void {
    const group = this.closest("crowd-radio-group") as Partial<Group> | null;
    group?.keepOnly?.(this);
  }

  protected override content(): unknown {
    return html`<label>
      <input
        id="box"
        type="radio"
        tabindex=${this.tabStop ? 0 : -1}
        .checked=${live(this.checked)}
        ?disabled=${this.disabled}
        aria-label=${ifDefined(this.spokenName())}
        @change=${this.onChange}
      />
      <span><slot @slotchange=${() => this.requestUpdate()}></slot></span>
    </label>`;
  }
}

define("crowd-radio-button", CrowdRadioButton);

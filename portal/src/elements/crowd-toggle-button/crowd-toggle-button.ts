import { html } from "lit";
import { property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { define, presence } from "../internal/element";
import { Toggle } from "../internal/toggle";
import { styles } from "./crowd-toggle-button.styles";

/** A switch. */
export class CrowdToggleButton extends Toggle {
  static override styles = styles;

  /** Shows the off state in the colour of an alert. */
  @property({ converter: presence, reflect: true }) invalid = false;

  protected override content(): unknown {
    return html`<label class=${this.invalid ? "invalid" : ""}>
        <input
          id="box"
          type="checkbox"
          role="switch"
          .checked=${live(this.checked)}
          ?disabled=${this.disabled}
          ?required=${this.required}
          aria-label=${ifDefined(this.spokenName())}
          aria-describedby="complaint"
          @change=${this.onChange}
        />
        <span><slot @slotchange=${() => this.requestUpdate()}></slot></span>
      </label>
      <div class="complaint" id="complaint">${this.complaint}</div>`;
  }
}

define("crowd-toggle-button", CrowdToggleButton);

import { html } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { define } from "../internal/element";
import { Toggle } from "../internal/toggle";
import { styles } from "./crowd-checkbox.styles";

/** A box to tick; boxes of one name make one object in the answer. */
export class CrowdCheckbox extends Toggle {
  static override styles = styles;

  protected override content(): unknown {
    return html`<label>
        <input
          id="box"
          type="checkbox"
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

define("crowd-checkbox", CrowdCheckbox);

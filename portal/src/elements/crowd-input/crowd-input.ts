import { html } from "lit";
import { property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { define } from "../internal/element";
import { TextField } from "../internal/text-field";
import { styles } from "./crowd-input.styles";

const ALWAYS_FILLED = new Set(["date", "time", "datetime-local", "month", "week", "color", "file", "range"]);

/** A text field of one line. Without text it stays out of the answer. */
export class CrowdInput extends TextField {
  static override styles = styles;

  /** Type of HTML input. */
  @property() type = "text";

  protected override content(): unknown {
    const raised = this.value !== "" || ALWAYS_FILLED.has(this.type);
    return html`<div class="box ${this.label ? "labeled" : ""} ${raised ? "raised" : ""} ${this.complaint ? "broken" : ""}">
        <input
          id="field"
          type=${this.type}
          .value=${this.type === "file" ? "" : live(this.value)}
          ?disabled=${this.disabled}
          ?required=${this.required}
          maxlength=${ifDefined(this.maxLength)}
          placeholder=${ifDefined(this.placeholder || undefined)}
          step=${ifDefined(this.getAttribute("step") ?? (this.type === "number" ? "any" : undefined))}
          aria-label=${ifDefined(this.label ? undefined : this.getAttribute("aria-label") || this.placeholder || this.name || "text")}
          aria-invalid=${this.complaint ? "true" : "false"}
          aria-describedby="complaint"
          @beforeinput=${this.onBeforeInput}
          @input=${this.onInput}
          @change=${this.onChange}
        />
        ${this.label ? html`<label for="field">${this.label}${this.required ? " *" : ""}</label>` : null}
      </div>
      <div class="below"><span id="complaint" aria-live="polite">${this.complaint}</span></div>
      <slot></slot>`;
  }

  protected override ruleBroken(what: string): string | null {
    const field = this.field;
    if (field && field.value === "" && field.validity.badInput) {
      return `Please enter a valid value in ${what}.`;
    }
    const broken = super.ruleBroken(what);
    if (broken !== null || !field || this.value === "") {
      return broken;
    }
    return field.validity.valid ? null : `Please enter a valid value in ${what}.`;
  }

  protected override onInput(): void {
    if (this.type === "file") {
      this.value = (this.field as HTMLInputElement).files?.[0]?.name ?? "";
    } else {
      super.onInput();
    }
  }
}

define("crowd-input", CrowdInput);

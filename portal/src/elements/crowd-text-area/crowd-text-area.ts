import { html, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import type { Contribution } from "../internal/answer";
import { decimal, define, presence } from "../internal/element";
import { TextField } from "../internal/text-field";
import { styles } from "./crowd-text-area.styles";

/** A text field of several lines that grows with its text. Without text it stays out of the answer. */
export class CrowdTextArea extends TextField {
  static override styles = styles;

  /** Lines shown at first. */
  @property({ converter: decimal }) rows?: number;
  /** Lines after which the field scrolls. */
  @property({ attribute: "max-rows", converter: decimal }) maxRows?: number;
  @property({ attribute: "char-counter", converter: presence }) charCounter = false;

  override contribution(): Contribution | null {
    const text = this.value.replace(/\r\n?/g, "\n");
    return this.disabled || text === "" ? null : { kind: "value", value: text };
  }

  protected override content(): unknown {
    const raised = this.value !== "";
    const count = this.maxLength === undefined ? `${this.value.length}` : `${this.value.length} / ${this.maxLength}`;
    return html`<div class="box ${this.label ? "labeled" : ""} ${raised ? "raised" : ""} ${this.complaint ? "broken" : ""}">
        <textarea
          id="field"
          rows=${this.rows ?? 2}
          .value=${live(this.value)}
          ?disabled=${this.disabled}
          ?required=${this.required}
          maxlength=${ifDefined(this.maxLength)}
          placeholder=${ifDefined(this.placeholder || undefined)}
          aria-label=${ifDefined(this.label ? undefined : this.getAttribute("aria-label") || this.placeholder || this.name || "text")}
          aria-invalid=${this.complaint ? "true" : "false"}
          aria-describedby="complaint"
          @beforeinput=${this.onBeforeInput}
          @input=${this.onInput}
          @change=${this.onChange}
        ></textarea>
        ${this.label ? html`<label for="field">${this.label}${this.required ? " *" : ""}</label>` : null}
      </div>
      <div class="below">
        <span id="complaint" aria-live="polite">${this.complaint}</span>
        ${this.charCounter ? html`<span class="count">${count}</span>` : null}
      </div>
      <slot></slot>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const field = this.field;
    if (!field || field.scrollHeight === 0) {
      return;
    }
    field.style.height = "auto";
    const edges = field.offsetHeight - field.clientHeight;
    const limit = this.maxRows === undefined ? Infinity : this.maxRows * parseFloat(getComputedStyle(field).lineHeight) + 30;
    field.style.height = `${Math.min(field.scrollHeight + edges, limit)}px`;
  }
}

define("crowd-text-area", CrowdTextArea);

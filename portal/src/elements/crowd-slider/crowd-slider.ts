import { html } from "lit";
import { property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Contribution } from "../internal/answer";
import type { CrowdControl } from "../internal/control";
import { announceChange, CrowdElement, decimal, define, flag, presence } from "../internal/element";
import type { Json } from "../internal/relaxed-json";
import type { CrowdSliderLabel } from "../crowd-slider-label/crowd-slider-label";
import { styles } from "./crowd-slider.styles";

/** A number chosen by moving a knob. */
export class CrowdSlider extends CrowdElement implements CrowdControl {
  static override styles = styles;
  static override shadowRootOptions: ShadowRootInit = { mode: "open", delegatesFocus: true };

  @property() name = "";
  @property({ converter: decimal }) min = 0;
  @property({ converter: decimal }) max = 100;
  @property({ converter: decimal }) step = 1;
  /** A second bar is drawn up to this value. */
  @property({ attribute: "secondary-progress", converter: decimal }) secondaryProgress?: number;
  @property({ converter: flag, reflect: true }) disabled = false;
  /** A field beside the slider takes the number as well. */
  @property({ converter: presence }) editable = false;
  /** The value shows above the knob. */
  @property({ converter: flag }) pin = false;
  @property({ converter: presence }) required = false;

  @state() private complaint = "";
  @query("#knob") private knob!: HTMLInputElement | null;

  private chosen: number | undefined;

  /** The number; before any choice it is the lowest one. */
  @property({ converter: decimal })
  get value(): number {
    return Math.min(Math.max(this.chosen ?? this.low, this.low), this.high);
  }

  set value(value: number | string | null | undefined) {
    const number = value === null || value === undefined || value === "" ? undefined : Number(value);
    this.chosen = number !== undefined && Number.isFinite(number) ? number : undefined;
    this.requestUpdate("value");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.placeLabels();
  }

  contribution(): Contribution | null {
    return this.disabled ? null : { kind: "value", value: this.value };
  }

  restore(saved: Json | undefined): void {
    if (typeof saved === "number" && saved !== this.value) {
      this.value = saved;
      announceChange(this);
    }
  }

  reset(): void {
    this.value = this.getAttribute("value");
    this.complaint = "";
  }

  problem(): string | null {
    const open = this.required && !this.disabled && this.chosen === undefined;
    return open ? `Please choose a value for ${this.getAttribute("aria-label") || this.name || "the slider"}.` : null;
  }

  showProblem(message: string): void {
    this.complaint = message;
    this.focus();
  }

  protected override willUpdate(): void {
    this.placeLabels();
  }

  protected override content(): unknown {
    const name = this.getAttribute("aria-label") || this.title || this.name || "value";
    const share = (value: number): string => `${100 * this.partAt(value)}%`;
    return html`<div class="row">
        <div class="rail ${this.pin ? "pinned" : ""}">
          ${this.pin
            ? html`<output class="pin" style=${styleMap({ "--part": String(this.partAt(this.value)) })}>${this.value}</output>`
            : null}
          <span class="track">
            <span class="bar" aria-hidden="true">
              ${this.secondaryProgress === undefined
                ? null
                : html`<span class="second" style=${styleMap({ width: share(this.secondaryProgress) })}></span>`}
              <span class="first" style=${styleMap({ width: share(this.value) })}></span>
            </span>
            <input
              id="knob"
              type="range"
              aria-label=${name}
              min=${this.low}
              max=${this.high}
              step=${this.step || "any"}
              .value=${live(String(this.value))}
              ?disabled=${this.disabled}
              @input=${this.onMove}
              @pointerup=${this.onTouch}
              @change=${() => announceChange(this)}
            />
          </span>
          <div class="ticks ${this.labels().length > 0 ? "" : "bare"}"><slot name="labels"></slot></div>
        </div>
        ${this.editable
          ? html`<input
              type="number"
              aria-label="${name}, as a number"
              min=${this.low}
              max=${this.high}
              step=${this.step || "any"}
              .value=${live(String(this.value))}
              ?disabled=${this.disabled}
              @change=${this.onType}
            />`
          : null}
      </div>
      <div class="complaint" role="status">${this.complaint}</div>
      <slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  private get low(): number {
    return this.min ?? 0;
  }

  private get high(): number {
    return Math.max(this.max ?? 100, this.low);
  }

  private partAt(value: number): number {
    return this.high === this.low ? 0 : Math.min(Math.max((value - this.low) / (this.high - this.low), 0), 1);
  }

  private onMove(): void {
    this.value = this.knob?.value;
    this.complaint = "";
  }

  /** A press on the knob that moves nothing is a choice too: of the value it stands at. */
  private onTouch(): void {
    this.onMove();
  }

  private onType(event: Event): void {
    this.value = (event.target as HTMLInputElement).value;
    this.value = this.value;
    this.complaint = "";
    announceChange(this);
  }

  private labels(): CrowdSliderLabel[] {
    return [...this.children].filter((child): child is CrowdSliderLabel => child.localName === "crowd-slider-label");
  }

  private placeLabels(): void {
    for (const label of this.labels()) {
      label.slot = "labels";
      const position = Number(label.getAttribute("position") ?? this.low);
      label.style.setProperty("--groundwork-part", String(this.partAt(position)));
    }
  }
}

define("crowd-slider", CrowdSlider);

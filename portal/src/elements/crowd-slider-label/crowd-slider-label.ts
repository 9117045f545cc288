import { html } from "lit";
import { property } from "lit/decorators.js";
import { CrowdElement, decimal, define } from "../internal/element";
import { styles } from "./crowd-slider-label.styles";

/** The text at a value of a crowd-slider. */
export class CrowdSliderLabel extends CrowdElement {
  static override styles = styles;

  /** The value of the slider at which it stands. */
  @property({ converter: decimal }) position?: number;

  protected override content(): unknown {
    return html`<slot></slot>`;
  }
}

define("crowd-slider-label", CrowdSliderLabel);

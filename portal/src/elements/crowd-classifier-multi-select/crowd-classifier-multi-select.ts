import { html } from "lit";
import { styles } from "../crowd-classifier/crowd-classifier.styles";
import { define } from "../internal/element";
import { MultiSelect } from "../internal/multi-select";

/** Asks for one or more categories of any content but an image. */
export class CrowdClassifierMultiSelect extends MultiSelect {
  static override styles = styles;

  protected override work(): unknown {
    return html`<div class="target"><slot name="classification-target"></slot></div>`;
  }
}

define("crowd-classifier-multi-select", CrowdClassifierMultiSelect);

import { html } from "lit";
import { Classifier } from "../internal/classifier";
import { define } from "../internal/element";
import { styles } from "./crowd-classifier.styles";

/** Asks for one category of any content but an image. */
export class CrowdClassifier extends Classifier {
  static override styles = styles;

  protected override work(): unknown {
    return html`<div class="target"><slot name="classification-target"></slot></div>`;
  }
}

define("crowd-classifier", CrowdClassifier);

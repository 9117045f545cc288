import { html } from "lit";
import { property, query } from "lit/decorators.js";
import { define } from "../internal/element";
import "../internal/image-view";
import { type ImageView, ZOOM_SHORTCUTS } from "../internal/image-view";
import { MultiSelect } from "../internal/multi-select";
import type { Shortcut } from "../internal/shortcuts";
import { WorkerComment } from "../internal/worker-comment";
import { styles } from "./crowd-image-classifier-multi-select.styles";

/** Asks for one or more categories of an image; the worker may comment. */
export class CrowdImageClassifierMultiSelect extends MultiSelect {
  static override styles = styles;

  /** Address of the image. */
  @property() src = "";

  @query("groundwork-image") private view!: ImageView | null;
  protected override readonly comment = new WorkerComment(this, this.regions);

  protected override work(): unknown {
    return html`<groundwork-image .src=${this.src} .alternative=${"Image to classify"}></groundwork-image>`;
  }

  protected override ownShortcuts(): readonly Shortcut[] {
    return ZOOM_SHORTCUTS;
  }

  protected override takeOwnKey(event: KeyboardEvent): boolean {
    return this.view?.takeKey(event.key) ?? false;
  }
}

define("crowd-image-classifier-multi-select", CrowdImageClassifierMultiSelect);

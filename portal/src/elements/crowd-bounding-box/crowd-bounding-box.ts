import { html } from "lit";
import { state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { box } from "../internal/annotation/kind";
import { boxFormat } from "../internal/annotation/shape-format";
import { ShapeTool } from "../internal/annotation/shape-tool";
import { announceChange, define } from "../internal/element";

/** Asks for a labelled box around each object of an image. */
export class CrowdBoundingBox extends ShapeTool {
  @state() private nothing = false;

  constructor() {
    super({
      kind: box,
      format: boxFormat,
      plural: "Boxes",
      guidance: "Choose a label and drag a box around each object; click a box to select it.",
    });
  }

  override reset(): void {
    this.nothing = false;
    super.reset();
  }

  override problem(): string | null {
    const problem = super.problem();
    return (
      problem ?? (this.editor.shapes.length === 0 && !this.nothing ? "Draw a box, or tick “Nothing to label”." : null)
    );
  }

  protected override edited(): void {
    if (this.editor.shapes.length > 0) {
      this.nothing = false;
    }
    super.edited();
  }

  protected override belowLabels(): unknown {
    return html`<label class="nothing"
        ><input
          type="checkbox"
          .checked=${live(this.nothing)}
          ?disabled=${this.editor.shapes.length > 0}
          @change=${this.onNothing}
        />Nothing to label</label
      >
      ${super.belowLabels()}`;
  }

  private onNothing(event: Event): void {
    this.nothing = (event.target as HTMLInputElement).checked;
    this.complaint = "";
    announceChange(this);
  }
}

define("crowd-bounding-box", CrowdBoundingBox);

import { path } from "../internal/annotation/kind";
import { verticesFormat } from "../internal/annotation/shape-format";
import { ShapeTool } from "../internal/annotation/shape-tool";
import { define } from "../internal/element";

/** Asks for labelled straight lines from one point to another on an image. */
export class CrowdLine extends ShapeTool {
  static override readonly jsonAttributes = { ...ShapeTool.jsonAttributes, "label-colors": "labelColors" };

  constructor() {
    super({
      kind: path({ noun: "line", fewest: 2, most: 2 }),
      format: verticesFormat("lines", 2),
      plural: "Lines",
      guidance: "Choose a label and drag from one end of the object to the other; click a line to select it.",
    });
  }
}

define("crowd-line", CrowdLine);

import { path } from "../internal/annotation/kind";
import { verticesFormat } from "../internal/annotation/shape-format";
import { ShapeTool } from "../internal/annotation/shape-tool";
import { define } from "../internal/element";

/** Asks for labelled open paths on an image. */
export class CrowdPolyline extends ShapeTool {
  static override readonly jsonAttributes = { ...ShapeTool.jsonAttributes, "label-colors": "labelColors" };

  constructor() {
    super({
      kind: path({ noun: "polyline", fewest: 2 }),
      format: verticesFormat("polylines", 2),
      plural: "Polylines",
      guidance: "Choose a label and click along the object; click a path to select it.",
    });
  }
}

define("crowd-polyline", CrowdPolyline);

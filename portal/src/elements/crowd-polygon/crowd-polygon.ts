import { path } from "../internal/annotation/kind";
import { verticesFormat } from "../internal/annotation/shape-format";
import { ShapeTool } from "../internal/annotation/shape-tool";
import { define } from "../internal/element";

/** Asks for labelled closed outlines on an image, whose edges don't cross. */
export class CrowdPolygon extends ShapeTool {
  constructor() {
    super({
      kind: path({ noun: "polygon", fewest: 3, closed: true }),
      format: verticesFormat("polygons", 3),
      plural: "Polygons",
      guidance: "Choose a label and click around the object; click an outline's border to select it.",
    });
  }
}

define("crowd-polygon", CrowdPolygon);

import { path } from "../internal/annotation/kind";
import { pointFormat } from "../internal/annotation/shape-format";
import { ShapeTool } from "../internal/annotation/shape-tool";
import { define } from "../internal/element";

/** Asks for labelled points on an image; a label may be used any number of times. */
export class CrowdKeypoint extends ShapeTool {
  constructor() {
    super({
      kind: path({ noun: "point", fewest: 1, most: 1, inset: 1 }),
      format: pointFormat,
      plural: "Points",
      guidance: "Choose a label and click its place; drag a point to move it.",
      onlyKnownLabels: true,
    });
  }
}

define("crowd-keypoint", CrowdKeypoint);

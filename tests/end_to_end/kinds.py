"""The task types of the registry with how people answer them and what must come of it."""

from __future__ import annotations

from tests.end_to_end import drawings, masks
from tests.end_to_end.answers import Kind, entities, one_label, several_labels

KINDS: dict[str, Kind] = {
    "ImageMultiClass": one_label("crowd-image-classifier"),
    "TextMultiClass": one_label("crowd-classifier"),
    "ImageMultiClassMultiLabel": several_labels("crowd-image-classifier-multi-select"),
    "TextMultiClassMultiLabel": several_labels("crowd-classifier-multi-select"),
    "VerificationBoundingBox": one_label("crowd-image-classifier", as_text=True),
    "VerificationSemanticSegmentation": one_label("crowd-image-classifier", as_text=True),
    "BoundingBox": drawings.drawing(drawings.BOX),
    "AdjustmentBoundingBox": drawings.adjusted_boxes(),
    "Polygon": drawings.drawing(drawings.POLYGON),
    "Polyline": drawings.drawing(drawings.POLYLINE),
    "Line": drawings.drawing(drawings.LINE),
    "Keypoint": drawings.drawing(drawings.KEYPOINT),
    "SemanticSegmentation": masks.semantic(),
    "AdjustmentSemanticSegmentation": masks.adjusted_mask(),
    "InstanceSegmentation": masks.instances(),
    "NamedEntityRecognition": entities(),
}

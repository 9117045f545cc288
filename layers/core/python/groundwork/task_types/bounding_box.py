"""Bounding boxes: where is each object in the image? (spec: task-types §4.3)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from groundwork.consolidation.mean_boxes import MeanBoxes
from groundwork.consolidation.shapes import Shapes
from groundwork.task_types.audited_boxes import BOXES_TYPE
from groundwork.task_types.machine_boxes import MachineBoxes
from groundwork.task_types.shape_form import BOX_FORM
from groundwork.task_types.shape_types import shape_type
from groundwork.task_types.task_type import GROUND_TRUTH_ALGORITHM

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind

METADATA_TYPE = BOXES_TYPE


def boxes() -> ShapeKind:
    """Load what consolidation knows about boxes."""
    from groundwork.consolidation.boxes import Boxes  # noqa: PLC0415

    return Boxes()


BOUNDING_BOX = dataclasses.replace(
    shape_type("BoundingBox", "Bounding boxes", Shapes(METADATA_TYPE, BOX_FORM, boxes), "bounding_box"),
    automated_labeling="object-detection",
    machine=MachineBoxes(),
    other_consolidations={GROUND_TRUTH_ALGORITHM: MeanBoxes(METADATA_TYPE)},
)

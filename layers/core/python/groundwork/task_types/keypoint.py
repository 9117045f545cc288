"""Keypoints: single places in the image (spec: task-types §4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.consolidation.shapes import Shapes
from groundwork.task_types.shape_form import KEYPOINT_FORM
from groundwork.task_types.shape_types import shape_type

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind

METADATA_TYPE = "groundwork/keypoint"


def keypoints() -> ShapeKind:
    """Load what consolidation knows about keypoints."""
    from groundwork.consolidation.keypoints import Keypoints  # noqa: PLC0415

    return Keypoints()


KEYPOINT = shape_type("Keypoint", "Keypoints", Shapes(METADATA_TYPE, KEYPOINT_FORM, keypoints), "keypoint")

"""Polylines: the course of each wire, lane or edge in the image (spec: task-types §4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.consolidation.shapes import Shapes
from groundwork.task_types.shape_form import POLYLINE_FORM
from groundwork.task_types.shape_types import shape_type

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind

METADATA_TYPE = "groundwork/polyline"


def paths() -> ShapeKind:
    """Load what consolidation knows about paths."""
    from groundwork.consolidation.paths import Paths  # noqa: PLC0415

    return Paths()


POLYLINE = shape_type("Polyline", "Polylines", Shapes(METADATA_TYPE, POLYLINE_FORM, paths), "polyline")

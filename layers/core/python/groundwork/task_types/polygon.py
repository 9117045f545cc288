"""Polygons: the outline of each object in the image (spec: task-types §4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.consolidation.shapes import Shapes
from groundwork.task_types.shape_form import POLYGON_FORM
from groundwork.task_types.shape_types import shape_type

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind

METADATA_TYPE = "groundwork/polygon"


def polygons() -> ShapeKind:
    """Load what consolidation knows about polygons."""
    from groundwork.consolidation.polygons import Polygons  # noqa: PLC0415

    return Polygons()


POLYGON = shape_type("Polygon", "Polygons", Shapes(METADATA_TYPE, POLYGON_FORM, polygons), "polygon")

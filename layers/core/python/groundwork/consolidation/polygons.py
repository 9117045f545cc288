"""Polygons: how much area two share, and the outline between several. Coordinates: x, y of each vertex."""

from __future__ import annotations

import math

import numpy as np

from groundwork.consolidation.outlines import merge_outlines
from groundwork.consolidation.scan_lines import polygon_area, polygon_iou
from groundwork.consolidation.shape_kind import Coordinates, Floats, ShapeKind, Stack

LEAST = 0.1
"""Pairs whose bounding boxes prove a smaller IoU count as having nothing in common."""


class Polygons(ShapeKind):
    """Polygons are compared by the IoU of their areas, with the threshold of boxes, and merged vertex by vertex."""

    threshold = 1 / 3
    typical_error = 0.1
    estimate_objects = 1_000

    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """IoU by scan lines, where the bounding boxes leave it open."""
        first, second = [_vertices(flat) for flat in one], [_vertices(flat) for flat in other]
        found = np.zeros((len(first), len(second)))
        for row, column in np.argwhere(_largest_iou(first, second) >= LEAST):
            found[row, column] = _iou(first[row], second[column])
        return found

    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Merge outlines; a worker's noise, a share of the area, moves the outline by that share of the extent."""
        outlines = [_vertices(flat) for flat in members]
        extent = math.sqrt(float(np.median([polygon_area(outline) for outline in outlines]))) or 1.0
        return merge_outlines(outlines, sigmas * extent, extent, _iou, closed=True).ravel()

    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Share of the area that is not in common: 1 - IoU."""
        return 1 - np.array([_iou(_vertices(flat), _vertices(merged)) for flat in members])


def _vertices(flat: Coordinates) -> Floats:
    return flat.reshape(-1, 2)


def _iou(one: Floats, other: Floats) -> float:
    return 1.0 if np.array_equal(one, other) else polygon_iou(one, other)


def _largest_iou(one: list[Floats], other: list[Floats]) -> Floats:
    """Bound each IoU from above: the shared area fits into both bounding boxes, the union holds the larger polygon."""
    starts, ends, areas = _bounds(one)
    other_starts, other_ends, other_areas = _bounds(other)
    shared = np.minimum(ends[:, np.newaxis], other_ends) - np.maximum(starts[:, np.newaxis], other_starts)
    most: Floats = np.clip(shared, 0, None).prod(axis=2) / np.maximum(areas[:, np.newaxis], other_areas)
    return most


def _bounds(outlines: list[Floats]) -> tuple[Floats, Floats, Floats]:
    return (
        np.array([outline.min(axis=0) for outline in outlines]),
        np.array([outline.max(axis=0) for outline in outlines]),
        np.maximum([polygon_area(outline) for outline in outlines], 1e-9),
    )

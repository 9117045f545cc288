"""Polylines and lines: how near two run to each other, and the path between several. Coordinates: x, y of each vertex.

The distance of two paths is the mean distance of places on either, evenly spread along it, to the other. It is judged
against a tolerance: a tenth of the mean length, but neither below a hundredth of the image's diagonal, which is as
exactly as people point, nor above three of them, lest long neighbours be taken for one. In which direction a path was
drawn does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from groundwork.consolidation.outlines import merge_outlines, nearest_places
from groundwork.consolidation.shape_kind import Coordinates, Floats, ShapeKind, Stack

PLACES = 32
"""Places along a path that stand for it."""
TOLERANCE = 0.1
LEAST_TOLERANCE = 0.01
MOST_TOLERANCE = 0.03


class Paths(ShapeKind):
    """Similarity is 1 - distance / (2 · tolerance): 1/2 at the tolerance. `scale` is the image's diagonal."""

    threshold = 0.5
    typical_error = 0.25
    estimate_objects = 5_000

    def scale(self, drawings: Sequence[Stack], size: tuple[int, int]) -> float:
        """Return the image's diagonal in pixels."""
        return float(np.hypot(*size))

    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """Compare paths whose bounding boxes are near enough to each other."""
        first, second = [_vertices(flat) for flat in one], [_vertices(flat) for flat in other]
        found = np.zeros((len(first), len(second)))
        for row, column in np.argwhere(_gap(first, second) < 2 * MOST_TOLERANCE * scale):
            found[row, column] = _similarity(first[row], second[column], scale)
        return found

    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Merge vertex by vertex; a worker's noise is relative to the tolerance."""
        paths = [_vertices(flat) for flat in members]
        length = float(np.median([_length(path) for path in paths]))
        merged = merge_outlines(
            paths,
            sigmas * _tolerance(length, scale),
            length,
            lambda one, other: _similarity(one, other, scale),
            closed=False,
        )
        return merged.ravel()

    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Tell the distances from the merged path, in tolerances."""
        path = _vertices(merged)
        tolerance = _tolerance(_length(path), scale)
        return np.array([_distance(_vertices(flat), path) for flat in members]) / tolerance


def _vertices(flat: Coordinates) -> Floats:
    return flat.reshape(-1, 2)


def _similarity(one: Floats, other: Floats, diagonal: float) -> float:
    tolerance = _tolerance((_length(one) + _length(other)) / 2, diagonal)
    return max(0.0, 1 - _distance(one, other) / (2 * tolerance))


def _tolerance(length: float, diagonal: float) -> float:
    return min(max(TOLERANCE * length, LEAST_TOLERANCE * diagonal), MOST_TOLERANCE * diagonal)


def _distance(one: Floats, other: Floats) -> float:
    there = nearest_places(_along(one), other)[1].mean()
    back = nearest_places(_along(other), one)[1].mean()
    return float(there + back) / 2


def _along(path: Floats) -> Floats:
    """Spread places evenly along a path, both ends among them."""
    travelled = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    places = np.linspace(0, travelled[-1], PLACES)
    return np.stack([np.interp(places, travelled, path[:, axis]) for axis in (0, 1)], axis=1)


def _length(path: Floats) -> float:
    return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())


def _gap(one: list[Floats], other: list[Floats]) -> Floats:
    """Distance between bounding boxes, the larger of both axes: no two places are nearer."""
    starts, ends = _bounds(one)
    other_starts, other_ends = _bounds(other)
    apart = np.maximum(starts[:, np.newaxis] - other_ends, other_starts - ends[:, np.newaxis])
    gap: Floats = apart.max(axis=2)
    return gap


def _bounds(paths: list[Floats]) -> tuple[Floats, Floats]:
    return np.array([path.min(axis=0) for path in paths]), np.array([path.max(axis=0) for path in paths])

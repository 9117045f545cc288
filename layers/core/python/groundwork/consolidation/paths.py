"""Polylines and lines: how near two run to each other, and the path between several. Coordinates: x, y of each vertex.

The distance of two paths is the mean distance of places on either, evenly spread along it, to the other. It is judged
against a tolerance: a tenth of the mean length, but neither below a hundredth of the image's diagonal, which is as
exactly as people point, nor above three of them, lest long neighbours be taken for one. In which direction a path was
drawn does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.outlines import merge_outlines, nearest_places
from groundwork.consolidation.shape_kind import Coordinates, Floats, ShapeKind, Stack

PLACES = 32
"""Places along a path that stand for it."""
TOLERANCE = 0.1
LEAST_TOLERANCE = 0.01
MOST_TOLERANCE = 0.03


@dataclass(frozen=True, slots=True)
class Path:
    """A path and what comparing it takes, worked out once."""

    vertices: Floats
    places: Floats
    """Spread evenly along it, both ends among them."""
    length: float

    @classmethod
    def of(cls, vertices: Floats) -> Path:
        """Measure a path of at least two vertices."""
        steps = np.diff(vertices, axis=0)
        travelled = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
        along = np.linspace(0, travelled[-1], PLACES)
        places = np.stack([np.interp(along, travelled, vertices[:, axis]) for axis in (0, 1)], axis=1)
        return cls(vertices, places, float(travelled[-1]))

    def distance(self, other: Path) -> float:
        """Mean distance of the places of either to the other, in pixels."""
        there = nearest_places(self.places, other.vertices)[1].mean()
        back = nearest_places(other.places, self.vertices)[1].mean()
        return float(there + back) / 2

    def similarity(self, other: Path, diagonal: float) -> float:
        """Compare two paths, 0 to 1."""
        tolerance = _tolerance((self.length + other.length) / 2, diagonal)
        return max(0.0, 1 - self.distance(other) / (2 * tolerance))


class Paths(ShapeKind):
    """Similarity is 1 - distance / (2 · tolerance): 1/2 at the tolerance. `scale` is the image's diagonal."""

    threshold = 0.5
    typical_error = 0.25
    estimate_objects = 1_000

    def scale(self, drawings: Sequence[Stack], size: tuple[int, int]) -> float:
        """Return the image's diagonal in pixels."""
        return float(np.hypot(*size))

    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """Compare paths whose bounding boxes are near enough to each other."""
        first, second = [_path(flat) for flat in one], [_path(flat) for flat in other]
        found = np.zeros((len(first), len(second)))
        for row, column in np.argwhere(_gap(first, second) < 2 * MOST_TOLERANCE * scale):
            found[row, column] = first[row].similarity(second[column], scale)
        return found

    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Merge vertex by vertex; a worker's noise is relative to the tolerance."""
        paths = [_path(flat) for flat in members]
        length = float(np.median([path.length for path in paths]))
        merged = merge_outlines(
            [path.vertices for path in paths],
            sigmas * _tolerance(length, scale),
            length,
            lambda one, other: Path.of(one).similarity(Path.of(other), scale),
            closed=False,
        )
        return merged.ravel()

    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Tell the distances from the merged path, in tolerances."""
        path = _path(merged)
        return np.array([_path(flat).distance(path) for flat in members]) / _tolerance(path.length, scale)


def _path(flat: Coordinates) -> Path:
    return Path.of(flat.reshape(-1, 2))


def _tolerance(length: float, diagonal: float) -> float:
    return min(max(TOLERANCE * length, LEAST_TOLERANCE * diagonal), MOST_TOLERANCE * diagonal)


def _gap(one: list[Path], other: list[Path]) -> Floats:
    """Distance between bounding boxes, the larger of both axes: no two places are nearer."""
    starts, ends = _bounds(one)
    other_starts, other_ends = _bounds(other)
    apart = np.maximum(starts[:, np.newaxis] - other_ends, other_starts - ends[:, np.newaxis])
    gap: Floats = apart.max(axis=2)
    return gap


def _bounds(paths: list[Path]) -> tuple[Floats, Floats]:
    lows = np.array([path.vertices.min(axis=0) for path in paths])
    return lows, np.array([path.vertices.max(axis=0) for path in paths])

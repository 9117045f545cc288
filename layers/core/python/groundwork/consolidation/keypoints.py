"""Keypoints: how near two are, and the point between several. Coordinates: x, y.

Distances are judged against a tolerance: a tenth of how far the points of one worker spread (the usual one's bounding
box, by its diagonal), but neither below a hundredth nor above three hundredths of the image's diagonal: people point no
more exactly than the one, and nobody is wrong by more than the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from groundwork.consolidation.huber import robust_mean
from groundwork.consolidation.shape_kind import Coordinates, Floats, ShapeKind, Stack

TOLERANCE = 0.1
LEAST_TOLERANCE = 0.01
MOST_TOLERANCE = 0.03
USUAL_TOLERANCE = 0.02
"""Where nobody has two points, so that nothing is spread."""


class Keypoints(ShapeKind):
    """Similarity is 1 - distance / (2 · tolerance): 1/2 at the tolerance. `scale` is the tolerance."""

    threshold = 0.5
    typical_error = 0.25
    estimate_objects = 20_000

    def scale(self, drawings: Sequence[Stack], size: tuple[int, int]) -> float:
        """Return the tolerance in pixels."""
        diagonal = float(np.hypot(*size))
        spreads = [float(np.hypot(*np.ptp(np.array(points), axis=0))) for points in drawings if len(points) > 1]
        if not spreads:
            return USUAL_TOLERANCE * diagonal
        spread = float(np.median(spreads))
        return min(max(TOLERANCE * spread, LEAST_TOLERANCE * diagonal), MOST_TOLERANCE * diagonal)

    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """Compare by distance."""
        distances = np.linalg.norm(np.array(one)[:, np.newaxis] - np.array(other), axis=2)
        similarities: Floats = np.clip(1 - distances / (2 * scale), 0, None)
        return similarities

    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Average the points."""
        return robust_mean(np.array(members), sigmas[:, np.newaxis] * scale, joint=True)

    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Tell the distances from the merged point, in tolerances."""
        errors: Floats = np.linalg.norm(np.array(members) - merged, axis=1) / scale
        return errors

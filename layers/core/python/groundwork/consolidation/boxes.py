"""Bounding boxes: how much two overlap, and the box between several. Coordinates: left, top, width, height."""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.huber import robust_mean
from groundwork.consolidation.shape_kind import Coordinates, Floats, ShapeKind, Stack


class Boxes(ShapeKind):
    """Boxes are compared by IoU and merged side by side.

    The threshold 1/3 is where two boxes of one size share half their area. One of 1/2 is too high: two boxes, each of
    which overlaps the true one by 1/2, usually overlap each other by less.
    """

    threshold = 1 / 3
    typical_error = 0.1
    estimate_objects = 20_000

    def similarities(self, one: Stack, other: Stack, scale: float) -> Floats:
        """IoU = |A∩B| / (|A| + |B| - |A∩B|)."""
        return intersection_over_union(np.array(one), np.array(other))

    def merge(self, members: Stack, sigmas: Floats, scale: float) -> Coordinates:
        """Average each side by itself; a worker's noise is relative to the box's width or height."""
        boxes = np.array(members)
        sides = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
        extent = np.median(boxes[:, 2:], axis=0)
        merged = robust_mean(sides, sigmas[:, np.newaxis] * np.tile(extent, 2), joint=False)
        return np.concatenate([merged[:2], merged[2:] - merged[:2]])

    def errors(self, members: Stack, merged: Coordinates, scale: float) -> Floats:
        """Root mean square distance of the four sides, in widths and heights of the merged box."""
        boxes = np.array(members)
        starts = boxes[:, :2] - merged[:2]
        ends = starts + boxes[:, 2:] - merged[2:]
        distances = np.concatenate([starts, ends], axis=1) / np.tile(merged[2:], 2)
        errors: Floats = np.sqrt((distances**2).mean(axis=1))
        return errors


def intersection_over_union(one: Floats, other: Floats) -> Floats:
    """IoU of each box of `one`, shape (n, 4), with each of `other`, shape (m, 4): shape (n, m)."""
    first, second = one[:, np.newaxis], other[np.newaxis]
    starts = np.maximum(first[..., :2], second[..., :2])
    ends = np.minimum(first[..., :2] + first[..., 2:], second[..., :2] + second[..., 2:])
    shared = np.clip(ends - starts, 0.0, None).prod(axis=-1)
    iou: Floats = shared / (first[..., 2:].prod(axis=-1) + second[..., 2:].prod(axis=-1) - shared)
    return iou

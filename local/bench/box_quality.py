"""How near boxes come to an expert's: F1 of finding them, and IoU of those found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from groundwork.consolidation.boxes import intersection_over_union

from local.bench.box_data import Box

LEAST_IOU = 0.5
"""From which on a box counts as found."""


@dataclass(frozen=True, slots=True)
class BoxQuality:
    """Sums over images; they add up."""

    found: int = 0
    wrong: int = 0
    missed: int = 0
    overlap: float = 0.0
    """Sum of the IoU of the boxes found."""

    def __add__(self, other: BoxQuality) -> BoxQuality:
        return BoxQuality(
            self.found + other.found,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.overlap + other.overlap,
        )

    @property
    def precision(self) -> float:
        """Share of the boxes that are right."""
        return self.found / max(self.found + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the expert's boxes that were found."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.found / max(2 * self.found + self.wrong + self.missed, 1)

    @property
    def iou(self) -> float:
        """Mean IoU of the boxes found."""
        return self.overlap / max(self.found, 1)


def judge(boxes: Sequence[Box], truth: Sequence[Box]) -> BoxQuality:
    """Match the boxes of one image one to one with the expert's, best IoU first."""
    if not boxes or not truth:
        return BoxQuality(wrong=len(boxes), missed=len(truth))
    iou = intersection_over_union(np.array(boxes), np.array(truth))
    taken: set[int] = set()
    matched: set[int] = set()
    overlap = 0.0
    for index in np.argsort(-iou, axis=None, kind="stable"):
        box, expert = divmod(int(index), len(truth))
        if iou[box, expert] < LEAST_IOU:
            break
        if box not in taken and expert not in matched:
            taken.add(box)
            matched.add(expert)
            overlap += float(iou[box, expert])
    return BoxQuality(len(taken), len(boxes) - len(taken), len(truth) - len(matched), overlap)


def judge_all(boxes: Mapping[int, Sequence[Box]], truth: Mapping[int, Sequence[Box]]) -> BoxQuality:
    """Judge every image that has an expert's answer."""
    return add_up(judge(boxes.get(task, ()), expected) for task, expected in truth.items())


def add_up(qualities: Iterable[BoxQuality]) -> BoxQuality:
    """Add up qualities."""
    return sum(qualities, start=BoxQuality())

"""How good a prediction is against people's label, 0 to 1 (spec: workflows §3.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from groundwork.consolidation.mask_image import Mask

ClassBox: TypeAlias = tuple[int, float, float, float, float]
"""Class id, left, top, width and height in pixels."""


def class_quality(predicted: int, by_people: int) -> float:
    """1 for people's class, else 0."""
    return float(predicted == by_people)


def box_quality(predicted: Sequence[ClassBox], by_people: Sequence[ClassBox]) -> float:
    """Mean IoU over predicted and missed boxes for each class in either, then over these classes.

    Predictions, the surest first, each take the free box of people with the largest IoU above 0. A predicted box
    without one and a box that none took add 0. An image that is empty to both is right.
    """
    classes = {box[0] for box in (*predicted, *by_people)}
    if not classes:
        return 1.0
    return _mean(_of_class(_sides(predicted, number), _sides(by_people, number)) for number in sorted(classes))


def mask_quality(predicted: Mask, by_people: Mask) -> float:
    """Mean IoU of the classes in either mask, the background (0) left out; masks that are empty to both are right.

    Raises
    ------
    ValueError
        The masks are not of one size.
    """
    import numpy as np  # noqa: PLC0415

    if predicted.shape != by_people.shape:
        raise ValueError(f"masks of {predicted.shape} and {by_people.shape} pixels can't be compared")
    both = np.bincount(predicted[predicted == by_people], minlength=256)
    either = np.bincount(predicted.ravel(), minlength=256) + np.bincount(by_people.ravel(), minlength=256) - both
    present = np.flatnonzero(either[1:]) + 1
    return float((both[present] / either[present]).mean()) if present.size else 1.0


def _sides(boxes: Iterable[ClassBox], number: int) -> list[Sequence[float]]:
    return [box[1:] for box in boxes if box[0] == number]


def _of_class(predicted: Iterable[Sequence[float]], by_people: Sequence[Sequence[float]]) -> float:
    free, overlaps, boxes = list(by_people), [], 0
    for box in predicted:
        boxes += 1
        best = max(free, key=lambda other: _overlap(box, other), default=None)
        if best is not None and (overlap := _overlap(box, best)) > 0:
            overlaps.append(overlap)
            free.remove(best)
    return sum(overlaps) / (boxes + len(free))


def _overlap(one: Sequence[float], other: Sequence[float]) -> float:
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def _mean(numbers: Iterable[float]) -> float:
    found = list(numbers)
    return sum(found) / len(found)

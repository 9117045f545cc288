"""The confidence above which a model labels (spec: workflows §3.4), from confidences and qualities alone.

Thresholds are tested in an order that is fixed before the qualities are looked at, from the surest objects down, until
the first one fails (learn then test: Angelopoulos et al., 2021). Such a sequence takes no more risk than one test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.active_learning.arrays import Floats
from groundwork.active_learning.violation import violation, violation_by_count

STEPS = 20
"""Thresholds of a sequence, at most."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Held-out objects in an order by lot."""

    confidence: Floats
    quality: Floats

    def above(self, confidence: float) -> Floats:
        """Qualities of the objects that a threshold keeps."""
        return self.quality[self.confidence >= confidence]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A confidence to label from, and how many objects have it."""

    confidence: float
    kept: int
    """Open objects with at least that confidence."""
    validated: int
    """Held-out objects with at least that confidence."""


def thresholds(held_out: HeldOut, open_confidence: Floats, least_kept: int) -> Sequence[Threshold]:
    """Lay out thresholds that keep from `least_kept` open objects to all of them; the surest first.

    They hang on confidences alone, not on qualities. Objects of equal confidence stay together.
    """
    falling = -np.sort(-open_confidence)
    counts = np.unique(np.round(np.linspace(max(1, least_kept), len(falling), STEPS)).astype(np.int64))
    levels = np.unique(falling[counts - 1])[::-1]
    # Who labels all open objects would have labeled each held-out one too.
    levels[-1] = min(levels[-1], held_out.confidence.min(initial=np.inf))
    return [
        Threshold(float(each), int((falling >= each).sum()), int((held_out.confidence >= each).sum()))
        for each in levels.tolist()
    ]


def convincible(threshold: Threshold, target: float, risk: float) -> bool:
    """Tell whether held-out objects without fault would be enough of them."""
    return violation_by_count(threshold.validated, 0, threshold.kept, target) <= risk


def lowest(held_out: HeldOut, sequence: Sequence[Threshold], target: float, risk: float) -> Threshold | None:
    """Find the last threshold before the first one that fails; None if the first one does."""
    found = None
    for threshold in sequence:
        if violation(held_out.above(threshold.confidence), threshold.kept, target) > risk:
            break
        found = threshold
    return found

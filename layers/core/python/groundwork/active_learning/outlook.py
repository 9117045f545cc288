"""How many held-out objects pay: more of them convince at more errors, and cost a label each.

What is weighed is the number of labels that people give in the end, were the model to stay as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from groundwork.active_learning.arrays import Floats
from groundwork.active_learning.violation import violation_by_count

SHARES = np.linspace(1, 0.05, 20)
"""Of the open objects, those that might be kept."""
STEP = 1.35
"""Between numbers of further held-out objects that are weighed."""
FEWEST = 10
COARSE = 25
"""Shares of wrong objects that are tried: near enough to plan by."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The best there is to hope for with the model at hand."""

    further: int
    """Held-out objects to draw for it."""
    people: int
    """Labels of people it takes, those included."""


def outlook(expected: Floats, validated: int, target: float, risk: float) -> Outlook:
    """Weigh how many of the open objects to draw for validation.

    `expected` are their calibrated qualities, `validated` the held-out objects at hand, which are like them.
    """
    open_objects = len(expected)
    wrong_share = np.cumsum(1 - np.sort(expected)[::-1]) / np.arange(1, open_objects + 1)
    best = Outlook(0, open_objects)
    for further in _candidates(open_objects):
        rest = open_objects - further
        for share in SHARES.tolist():
            people = further + rest - math.floor(share * rest)
            if people >= best.people:
                break
            wrong = float(wrong_share[max(math.floor(share * open_objects), 1) - 1])
            if (
                expected_violation(wrong, math.floor(share * (validated + further)), math.floor(share * rest), target)
                <= risk
            ):
                best = Outlook(further, people)
                break
    return best


def _candidates(open_objects: int) -> list[int]:
    found, further = [0], float(FEWEST)
    while further < open_objects:
        found.append(int(further))
        further *= STEP
    return found


def expected_violation(wrong_share: float, sample: int, rest: int, target: float) -> float:
    """Expect `violation_by_count` where such a share of a sample is wrong, fractions of an object too."""
    wrong = wrong_share * sample
    whole = math.floor(wrong)
    lower, upper = (violation_by_count(sample, each, rest, target, COARSE) for each in (whole, min(whole + 1, sample)))
    return lower + (wrong - whole) * (upper - lower)

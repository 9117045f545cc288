"""How likely held-out objects would look as good as they do if the open ones missed the target.

Held-out and open objects that a threshold keeps are, by lot, one population of known size. If the open ones missed the
target, the mean of the whole population is below `(sum of held-out qualities + target * open) / (held-out + open)`.
A probability that is valid for every such mean is valid for the one that the sample itself names, because it only grows
with the mean: what is bounded is the quality of those very objects, not of an imagined infinity of them.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import gammaln

from groundwork.active_learning.arrays import Floats, Indices

ROUNDING = 1e-9
"""A share of a count is rounded as if it were this much smaller."""
HALF_BET = 0.5
"""Most of its capital that a bet may lose."""


def violation(quality: Floats, open_objects: int, target: float) -> float:
    """Bound the probability of such held-out qualities, in an order by lot, if the open objects' mean is below target.

    `quality` lies between 0 and 1. Qualities that are all 0 or 1 are counted exactly; others are bet on (Waudby-Smith
    and Ramdas, 2024: sampling without replacement).
    """
    if open_objects == 0:
        return 0.0
    if ((quality == 0) | (quality == 1)).all():
        return violation_by_count(len(quality), int((quality == 0).sum()), open_objects, target)
    return _by_betting(quality, open_objects, target)


def violation_by_count(validated: int, wrong: int, open_objects: int, target: float) -> float:
    """Tell exactly how likely at most `wrong` of `validated` are wrong, if too many of the open objects are.

    The number is hypergeometric; for many open objects it becomes the Clopper-Pearson bound's binomial.
    """
    too_many = most_wrong(open_objects, target) + 1
    if too_many > open_objects:
        return 0.0
    return at_most(wrong, validated, wrong + too_many, validated + open_objects)


def most_wrong(objects: int, target: float) -> int:
    """Count the objects that may be wrong."""
    return math.floor((1 - target) * objects + ROUNDING)


def at_most(wrong: int, drawn: int, wrong_of_all: int, population: int) -> float:
    """Probability that of `drawn` objects at most `wrong` are wrong, `wrong_of_all` of the population being so."""
    least = max(0, drawn - (population - wrong_of_all))
    if wrong >= min(drawn, wrong_of_all):
        return 1.0
    if wrong < least:
        return 0.0
    found = np.arange(least, wrong + 1)
    logs = (
        _choices(wrong_of_all, found)
        + _choices(population - wrong_of_all, drawn - found)
        - _choices(population, np.array([drawn]))
    )
    return min(1.0, float(np.exp(logs).sum()))


def least_mean(quality: Floats, open_objects: int, risk: float) -> float:
    """Find the mean that the open objects reach but for that risk."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if violation(quality, open_objects, middle) <= risk:
            low = middle
        else:
            high = middle
    return low


def _choices(objects: int, taken: Indices) -> Floats:
    logs: Floats = gammaln(objects + 1.0) - gammaln(taken + 1.0) - gammaln(objects - taken + 1.0)
    return logs


def _by_betting(quality: Floats, open_objects: int, target: float) -> float:
    """Bet on each held-out object to be better than the mean allows; capital is evidence (Ville's inequality)."""
    population = len(quality) + open_objects
    before = np.concatenate(([0.0], np.cumsum(quality)[:-1]))
    number = np.arange(len(quality))
    total = float(quality.sum()) + target * open_objects
    mean = np.clip((total - before) / (population - number), 1e-9, 1.0)
    guess = (0.5 + before) / (number + 1)
    spread = np.concatenate(([0.25], (0.25 + np.cumsum((quality - guess) ** 2))[:-1] / (number[1:] + 1)))
    # The bet that suits the mean and spread so far best (to second order); never against the object.
    edge = np.maximum(guess - mean, 0)
    bet = np.minimum(edge / (spread + edge**2), HALF_BET / mean)
    capital = np.cumsum(np.log1p(bet * (quality - mean)))
    return float(min(1.0, np.exp(-max(0.0, float(capital.max(initial=0.0))))))

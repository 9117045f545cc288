"""How likely held-out objects would look as good as they do, and the open ones miss the target all the same.

What is promised is the quality of the very objects that the model labels, not of an imagined infinity of them. With a
model that is wrong on a share p of objects, the promise is broken if at most so many of the held-out objects are wrong
and, independently, too many of the open ones: P(X <= wrong) P(Y > most wrong). The worst p of all bounds it. For many
open objects that is the Clopper-Pearson bound; for few it is stricter, since few can miss a target by bad luck.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betainc

from groundwork.active_learning.arrays import Floats

ROUNDING = 1e-9
"""A count is rounded down as if it were this much larger."""
FINE = 200
"""Shares of wrong objects that are tried for the worst one, and as many again where it is expected."""
LARGEST_BET = 0.5
"""Most of its capital that a bet may lose."""


def violation(quality: Floats, open_objects: int, target: float) -> float:
    """Bound the probability of such held-out qualities, in an order by lot, while the open objects miss the target.

    `quality` lies between 0 and 1. Qualities that are all 0 or 1 are counted; others are bet on (Waudby-Smith and
    Ramdas, 2024: sampling without replacement).
    """
    if open_objects == 0:
        return 0.0
    if ((quality == 0) | (quality == 1)).all():
        return violation_by_count(len(quality), int((quality == 0).sum()), open_objects, target)
    return _by_betting(quality, open_objects, target)


def violation_by_count(validated: int, wrong: int, open_objects: int, target: float, tried: int = FINE) -> float:
    """Bound the same where `wrong` of the `validated` objects are wrong."""
    too_many = math.floor((1 - target) * open_objects + ROUNDING) + 1
    if too_many > open_objects:
        return 0.0
    # The worst share lies where the two probabilities meet: between what is seen and what is too much, and around.
    share = np.linspace(0, 1, tried + 2)[1:-1] ** 2
    middle = max((1 - target), too_many / open_objects, wrong / max(validated, 1))
    share = np.concatenate([share, np.linspace(0, min(1.0, 2 * middle), tried + 2)[1:-1]])
    return float((_at_most(wrong, validated, share) * betainc(too_many, open_objects - too_many + 1, share)).max())


def least_mean(quality: Floats, open_objects: int, risk: float) -> float:
    """Find the mean that the open objects reach but for that risk."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if violation(quality, open_objects, middle) <= risk:
            low = middle
        else:
            high = middle
    return low


def _at_most(wrong: int, drawn: int, share: Floats) -> Floats:
    """Probability of at most `wrong` of `drawn`, each being wrong with probability `share`."""
    if wrong >= drawn:
        return np.ones_like(share)
    return np.asarray(betainc(drawn - wrong, wrong + 1, 1 - share))


def _by_betting(quality: Floats, open_objects: int, target: float) -> float:
    """Bet on each held-out object to be better than the mean allows; capital is evidence (Ville's inequality).

    Had the open objects missed the target, held-out and open ones together would have a mean of less than `total` over
    their number; the capital falls with that mean, so it is safe to bet against the mean that the sample itself names.
    """
    population = len(quality) + open_objects
    before = np.concatenate(([0.0], np.cumsum(quality)[:-1]))
    number = np.arange(len(quality))
    total = float(quality.sum()) + target * open_objects
    mean = np.clip((total - before) / (population - number), 1e-9, 1.0)
    guess = (0.5 + before) / (number + 1)
    spread = np.concatenate(([0.25], (0.25 + np.cumsum((quality - guess) ** 2))[:-1] / (number[1:] + 1)))
    # The bet that suits the mean and the spread so far best, to second order; never against the objects.
    edge = np.maximum(guess - mean, 0)
    bet = np.minimum(edge / (spread + edge**2), LARGEST_BET / mean)
    capital = np.cumsum(np.log1p(bet * (quality - mean)))
    return float(min(1.0, np.exp(-max(0.0, float(capital.max(initial=0.0))))))

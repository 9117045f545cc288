"""Interval of a share that was seen `right` times and missed `wrong` times: quantiles of a beta distribution.

The distribution function is evaluated by its continued fraction (Abramowitz & Stegun, 26.5.8) with the modified method
of Lentz, and inverted by bisection: there is no scipy in a Lambda of ours.
"""

from __future__ import annotations

import math

SHARE = 0.95
"""Probability that the interval holds the true share, by the posterior under a uniform prior."""
MOST_TERMS = 500
TINY = 1e-300


def beta_interval(right: float, wrong: float, share: float = SHARE) -> tuple[float, float]:
    """Return the central interval of Beta(right + 1, wrong + 1) (spec: workflows §2.13)."""
    tail = (1 - share) / 2
    return _quantile(tail, right + 1, wrong + 1), _quantile(1 - tail, right + 1, wrong + 1)


def beta_distribution(x: float, a: float, b: float) -> float:
    """Tell how probable it is that a variable with the distribution Beta(a, b) is at most `x`."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x),
    )
    # The fraction converges fast on this side of the mean only.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _quantile(probability: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if beta_distribution(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    upper = 1.0
    lower = 1 / _nonzero(1 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            lower = 1 / _nonzero(1 + term * lower)
            upper = _nonzero(1 + term / upper)
            step = lower * upper
            value *= step
        if abs(step - 1) < 1e-14:
            break
    return value


def _nonzero(number: float) -> float:
    return number if abs(number) > TINY else TINY

"""A robust weighted mean: near the middle everybody counts, far outliers hardly do.

Huber, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35 (1964), by iteratively
reweighted least squares:

    m = Σ w_j h_j x_j / Σ w_j h_j,   w_j = 1/s_j²,   h_j = min(1, k s_j / |x_j - m|)

with s_j the usual error of member j and k = 1.345, which keeps 95 % of the mean's efficiency when the errors are
normal after all.
"""

from __future__ import annotations

import numpy as np

from groundwork.consolidation.vote_table import Floats

K = 1.345
MOST_ROUNDS = 20
TOLERANCE = 1e-7
"""Relative to the noise: steps below it end the iteration."""


def robust_mean(values: Floats, sigmas: Floats, *, joint: bool) -> Floats:
    """Average over the first axis.

    Parameters
    ----------
    values : Floats
        Shape (members, …).
    sigmas : Floats
        Noise of each value in the unit of the values, positive; broadcast against `values`.
    joint : bool
        Whether the last axis is one point, whose coordinates are outliers together; else each number by itself.

    Returns
    -------
    Floats
        Shape of one member; exactly the member when all are equal. One or two members have no outlier among them:
        theirs is the weighted mean.
    """
    first: Floats = values[0]
    if (values == first).all():
        return first
    sigmas = np.broadcast_to(sigmas, values.shape)
    weights = 1.0 / sigmas**2
    if len(values) < 3:
        return _mean(values, weights)
    middle = weighted_median(values, weights)
    for _ in range(MOST_ROUNDS):
        residuals = (values - middle) / sigmas
        size = np.sqrt((residuals**2).mean(axis=-1, keepdims=True)) if joint else np.abs(residuals)
        moved = _mean(values, weights * np.minimum(1.0, K / np.maximum(size, K)))
        step = np.abs((moved - middle) / sigmas.min(axis=0)).max()
        middle = moved
        if step < TOLERANCE:
            break
    return middle


def weighted_median(values: Floats, weights: Floats) -> Floats:
    """Find, for each number along the first axis, the middle one of the weight; between two when both are."""
    order = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    sums = np.cumsum(np.take_along_axis(weights, order, axis=0), axis=0)
    half = sums[-1] / 2
    lower = (sums < half * (1 - 1e-12)).sum(axis=0)[np.newaxis]
    upper = (sums <= half * (1 + 1e-12)).sum(axis=0)[np.newaxis]
    found: Floats = (np.take_along_axis(ordered, lower, axis=0) + np.take_along_axis(ordered, upper, axis=0))[0] / 2
    return found


def _mean(values: Floats, weights: Floats) -> Floats:
    mean: Floats = (values * weights).sum(axis=0) / weights.sum(axis=0)
    return mean

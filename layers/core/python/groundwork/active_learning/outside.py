"""Mixing in what another model predicted before the job, as far as people's labels bear it out."""

from __future__ import annotations

import numpy as np
from scipy.special import log_softmax

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.pool import OutsidePrediction

OWN = (1.0, 0.5, 0.25, 0.0)
"""Weights of our own model's log probabilities that are tried."""
OTHER = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Weights of the other's."""
SUREST = 0.999
"""Of the other model's confidences: one that says 1 must not outweigh everything."""


def outside_logs(outside: OutsidePrediction, rows: Indices, classes: int) -> Floats:
    """Spread each prediction over the classes, shape (rows, classes); 0 everywhere without one."""
    told = np.clip(np.nan_to_num(outside.confidences[rows]), 1 / classes, SUREST)
    named = outside.classes[rows]
    there = (named >= 0) & (named < classes)
    logs = np.zeros((len(rows), classes))
    if classes > 1:
        logs[there] = np.log((1 - told[there]) / (classes - 1))[:, np.newaxis]
        logs[np.flatnonzero(there), named[there]] = np.log(told[there])
    return logs


def best_weights(own: Floats, other: Floats, truth: Indices) -> tuple[float, float]:
    """Find the weights under which known labels are likeliest; our model alone where nothing is better."""
    if not len(truth):
        return OWN[0], OTHER[0]
    places = np.arange(len(truth))

    def likelihood(weights: tuple[float, float]) -> float:
        return float(mixed(own, other, weights)[places, truth].sum())

    return max(((first, second) for first in OWN for second in OTHER), key=likelihood)


def mixed(own: Floats, other: Floats, weights: tuple[float, float]) -> Floats:
    """Weigh both models' log probabilities."""
    logs: Floats = log_softmax(weights[0] * own + weights[1] * other, axis=1)
    return logs

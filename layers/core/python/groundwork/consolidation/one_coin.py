"""One accuracy a worker (spec: workflows §2.5): a worker is right with probability q, else any other class.

P(l | k) = q_j if l = k, else (1 - q_j) / (K - 1)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import Floats, VoteTable

ACCURACY = 0.7
"""Of a worker of whom nothing is known."""
STRENGTH = 4.0
"""How many answers that prior is worth."""
MOST_ROUNDS = 100
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class OneCoin:
    """Accuracy by worker number, and the share of each class."""

    accuracy: Floats
    prior: Floats


def one_coin(table: VoteTable, classes: int) -> OneCoin:
    """Estimate accuracies and classes together by MAP-EM; there must be two classes or more."""
    posterior = majority_vote(table, classes)
    worker_of = table.pair_worker[table.pair_of]
    answers = np.bincount(worker_of, minlength=len(table.workers))
    for _ in range(MOST_ROUNDS):
        right = np.bincount(worker_of, posterior[table.label_of, table.object_of], len(table.workers))
        mass = 1 + posterior.sum(axis=1)
        model = OneCoin((STRENGTH * ACCURACY + right) / (STRENGTH + answers), mass / mass.sum())
        before, posterior = posterior, one_coin_posterior(table, model)
        if not posterior.size or np.abs(posterior - before).max() <= TOLERANCE:
            break
    return model


def one_coin_posterior(table: VoteTable, model: OneCoin) -> Floats:
    """Probability of each class of each object, shape (classes, objects)."""
    classes = len(model.prior)
    accuracy = np.clip(model.accuracy, 1e-9, 1 - 1e-9)[table.pair_worker[table.pair_of]]
    wrong = np.log((1 - accuracy) / (classes - 1))
    log: Floats = np.log(model.prior)[:, np.newaxis] + table.sum_by_object(wrong)
    cells = table.object_of * classes + table.label_of
    log += np.bincount(cells, np.log(accuracy) - wrong, len(table.objects) * classes).reshape(-1, classes).T
    log -= log.max(axis=0, initial=-np.inf)
    posterior: Floats = np.exp(log)
    posterior /= posterior.sum(axis=0)
    return posterior

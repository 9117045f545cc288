"""One accuracy a worker (spec: workflows §2.5): a worker is right with probability q, else any other class.

P(l | k) = q_j if l = k, else (1 - q_j) / (K - 1)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.earlier_answers import (
    NOTHING_BEFORE,
    EarlierAnswers,
    EarlierCounts,
)
from groundwork.consolidation.em_rounds import MOST_ROUNDS, stands_still
from groundwork.consolidation.learned_prior import Lean
from groundwork.consolidation.majority_vote import majority_vote, probabilities
from groundwork.consolidation.vote_table import Floats, VoteTable

ACCURACY = 0.7
"""Of a worker of whom nothing is known."""
STRENGTH = 4.0
"""How many answers that prior is worth."""


@dataclass(frozen=True, slots=True)
class OneCoin:
    """Accuracy by worker number, and the share of each class."""

    accuracy: Floats
    prior: Floats


def one_coin(
    table: VoteTable, classes: int, known: EarlierCounts = NOTHING_BEFORE, begin: Floats | None = None
) -> OneCoin:
    """Estimate accuracies and classes together by MAP-EM; there must be two classes or more.

    The rounds begin with the classes `begin`, shape (classes, objects), or with the votes.
    """
    earlier = EarlierAnswers.of(table, classes, known)
    posterior = majority_vote(table, classes) if begin is None else begin
    answers = table.sum_by_worker(table.slots.given)
    lean = Lean(STRENGTH * ACCURACY, STRENGTH * (1 - ACCURACY))
    for _ in range(MOST_ROUNDS):
        right = right_answers(table, posterior)
        mass = 1 + posterior.sum(axis=1)
        known_right, known_answers = earlier.joined(right, answers, lean)
        model = OneCoin((lean.right + known_right) / (STRENGTH + known_answers), mass / mass.sum())
        before, posterior = posterior, one_coin_posterior(table, model)
        if stands_still(before, posterior):
            break
    return model


def one_coin_posterior(table: VoteTable, model: OneCoin) -> Floats:
    """Probability of each class of each object, shape (classes, objects)."""
    classes = len(model.prior)
    accuracy = np.clip(model.accuracy, 1e-9, 1 - 1e-9)
    weight = np.log(accuracy) - np.log((1 - accuracy) / (classes - 1))
    joint = table.rule_out(weighted_votes(table, weight, classes) + np.log(model.prior)[:, np.newaxis])
    return probabilities(joint)


def right_answers(table: VoteTable, posterior: Floats) -> Floats:
    """Expect, for each worker, the number of right answers; `posterior` has shape (classes, objects)."""
    hits = posterior.reshape(-1).take(table.cell_of)
    by_pair = np.bincount(table.pair_of, weights=hits, minlength=len(table.pair_worker))
    return table.sum_by_worker(by_pair.astype(np.float64, copy=False))


def weighted_votes(table: VoteTable, weight: Floats, classes: int) -> Floats:
    """Add up the weights of the workers who gave each class to each object, shape (classes, objects)."""
    votes = weight[table.pair_worker].take(table.pair_of)
    summed = np.bincount(table.cell_of, weights=votes, minlength=classes * len(table.objects))
    return summed.astype(np.float64, copy=False).reshape(classes, -1)

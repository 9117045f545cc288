"""One accuracy a worker, any wrong label being as likely as another; the crowd says how accuracies spread.

One-coin Dawid-Skene (spec: workflows §2.5) with two differences. The prior of the accuracies is fitted to the crowd
(see `learned_prior`) and integrated over: variational Bayes, expected logarithms in place of logarithms of
expectations. And no label is more likely than another before the votes: shares of labels, learned together with one
number a worker, drown rare labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.em_rounds import MOST_ROUNDS, stands_still
from groundwork.consolidation.learned_prior import Lean, digamma, refit
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import Floats, VoteTable


@dataclass(frozen=True, slots=True)
class Accuracies:
    """What labels further objects."""

    right: Floats
    """Expected right answers by worker number."""
    given: Floats
    """Answers by worker number."""
    lean: Lean


def learned_one_coin(table: VoteTable, labels: int) -> Accuracies:
    """Estimate accuracies and labels together; there must be two labels or more."""
    posterior = majority_vote(table, labels)
    worker_of = table.pair_worker[table.pair_of]
    given = np.bincount(worker_of, minlength=len(table.workers)).astype(np.float64)
    lean = Lean()
    for number in range(MOST_ROUNDS):
        hit = posterior[table.label_of, table.object_of]
        right = np.minimum(np.bincount(worker_of, hit, len(table.workers)), given)
        if number:
            lean = refit(lean, right, given - right, given, 1)
        model = Accuracies(right, given, lean)
        before, posterior = posterior, accuracies_posterior(table, model, labels)
        if stands_still(before, posterior):
            break
    return model


def accuracies_posterior(table: VoteTable, model: Accuracies, labels: int) -> Floats:
    """Probability of each label of each object, shape (labels, objects).

    The accuracies of `model` are those of the workers of `table`.
    """
    wrong = model.given - model.right + model.lean.wrong
    weight = digamma(model.right + model.lean.right) - digamma(wrong) + np.log(labels - 1)
    cells = table.object_of * labels + table.label_of
    summed = np.bincount(cells, weight[table.pair_worker[table.pair_of]], len(table.objects) * labels)
    joint = np.ascontiguousarray(summed.reshape(-1, labels).T)
    posterior: Floats = np.exp(joint - joint.max(axis=0))
    posterior /= posterior.sum(axis=0)
    return posterior

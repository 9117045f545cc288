"""One accuracy a worker, any wrong label being as likely as another; the crowd says how accuracies spread.

One-coin Dawid-Skene (spec: workflows §2.5) with two differences. The prior of the accuracies is fitted to the crowd
(see `learned_prior`) and integrated over: variational Bayes, expected logarithms in place of logarithms of
expectations. And no label is more likely than another before the votes: shares of labels, learned together with one
number a worker, drown rare labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.em_rounds import STILL_AT_REST, rounds_to_rest, stands_still
from groundwork.consolidation.learned_prior import Lean, digamma, refit
from groundwork.consolidation.majority_vote import majority_vote, probabilities
from groundwork.consolidation.one_coin import right_answers, weighted_votes
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
    given = table.sum_by_worker(table.slots.given)
    lean = Lean()
    for number in range(rounds_to_rest(table)):
        right = np.minimum(right_answers(table, posterior), given)
        if number:
            lean = refit(lean, right, given - right)
        model = Accuracies(right, given, lean)
        before, posterior = posterior, accuracies_posterior(table, model, labels)
        if stands_still(before, posterior, STILL_AT_REST):
            break
    return model


def accuracies_posterior(table: VoteTable, model: Accuracies, labels: int) -> Floats:
    """Probability of each label of each object, shape (labels, objects).

    The accuracies of `model` are those of the workers of `table`.
    """
    wrong = model.given - model.right + model.lean.wrong
    weight = digamma(model.right + model.lean.right) - digamma(wrong) + np.log(labels - 1)
    return probabilities(table.rule_out(weighted_votes(table, weight, labels)))

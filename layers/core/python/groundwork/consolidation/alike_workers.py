"""One accuracy for all workers: the belief under which the majority is right, with a probability of its own.

One-coin Dawid-Skene in which all answers are one worker's. Its most likely label is the one with the most votes; how
likely that is follows from how often the crowd agrees, where a share of votes would call a single answer certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.em_rounds import STILL_AT_REST, rounds_to_rest, stands_still
from groundwork.consolidation.learned_prior import Lean, digamma
from groundwork.consolidation.majority_vote import probabilities, vote_counts
from groundwork.consolidation.vote_table import Floats, VoteTable


@dataclass(frozen=True, slots=True)
class CrowdAccuracy:
    """What labels further objects."""

    right: float
    """Expected right answers of all workers together."""
    given: float
    """Answers of all workers together."""


def alike_workers(table: VoteTable, labels: int) -> CrowdAccuracy:
    """Estimate the accuracy and labels together; there must be two labels or more."""
    counts = vote_counts(table, labels)
    given = float(len(table.object_of))
    posterior = table.pin(counts / counts.sum(axis=0))
    for _ in range(rounds_to_rest(table)):
        model = CrowdAccuracy(min(float((posterior * counts).sum()), given), given)
        before, posterior = posterior, table.pin(_posterior(counts, model))
        if stands_still(before, posterior, STILL_AT_REST):
            break
    return model


def alike_posterior(table: VoteTable, model: CrowdAccuracy, labels: int) -> Floats:
    """Probability of each label of each object, shape (labels, objects)."""
    return _posterior(vote_counts(table, labels), model)


def _posterior(counts: Floats, model: CrowdAccuracy) -> Floats:
    lean = Lean()
    wrong = digamma(model.given - model.right + lean.wrong) - np.log(len(counts) - 1)
    return probabilities(counts * (digamma(model.right + lean.right) - wrong))

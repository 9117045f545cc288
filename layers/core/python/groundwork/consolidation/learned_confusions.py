"""Confusion matrices, of which the crowd says in advance what each label is taken for.

Dawid-Skene (see `dawid_skene`) in which the prior of a row, the answers to one true label, is fitted to the crowd and
integrated over, as in Bayesian classifier combination (Kim & Ghahramani, AISTATS 2012): variational Bayes,

    E[log C_j[k,l]] = ψ(N_j[k,l] + a_k[l]) - ψ(Σ_l' N_j[k,l'] + a_k[l'])

Labels are gone through two by two, so that nothing of the size workers times labels squared is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.em_rounds import STILL_AT_REST, rounds_to_rest, stands_still
from groundwork.consolidation.learned_prior import digamma, refit_row, row_start
from groundwork.consolidation.majority_vote import majority_vote, probabilities
from groundwork.consolidation.vote_table import Floats, VoteTable

AT_ONCE = 2
"""Labels, whose sums over votes are taken together (see `VoteSlots`)."""


@dataclass(frozen=True, slots=True)
class Confusions:
    """What labels further objects, beside the counts that follow from `labeled`."""

    labeled: Floats
    """The posterior of which the counts are expectations, shape (labels, objects)."""
    posterior: Floats
    """What the last round made of those counts, shape (labels, objects)."""
    priors: Floats
    """Prior of each true label's row, shape (labels, labels)."""
    prior: Floats
    """Share of each label, shape (labels,)."""
    rounds: int
    converged: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of the answers to objects of one true label."""

    truth: int
    counts: Floats
    """Expected answers by pair."""
    totals: Floats
    """Expected answers by worker number, of all labels."""
    prior: Floats
    """What the crowd says in advance, in answers by label."""

    @classmethod
    def counted(cls, table: VoteTable, truth: int, counts: Floats, prior: Floats) -> Row:
        """Add up the counts of each worker."""
        return cls(truth, counts, table.sum_by_worker(counts), prior)

    def refit(self, table: VoteTable) -> Row:
        """Learn the prior from the counts, starting at the one that is there."""
        fitted = refit_row(self.prior, self.truth, table.pair_label, self.counts, self.totals)
        return Row(self.truth, self.counts, self.totals, fitted)

    def column(self, table: VoteTable) -> Floats:
        """Expect the logarithm of each pair's share, should this label be true, by pair."""
        total = digamma(self.totals + self.prior.sum())
        column: Floats = digamma(self.counts + self.prior[table.pair_label]) - total[table.pair_worker]
        return column


def learned_confusions(table: VoteTable, labels: int) -> Confusions:
    """Estimate confusions and labels together; there must be two labels or more."""
    posterior = majority_vote(table, labels)
    priors = np.stack([row_start(truth, labels) for truth in range(labels)])
    for number in range(rounds_to_rest(table)):
        mass = 1 + posterior.sum(axis=1)
        prior = mass / mass.sum()
        joint = np.empty_like(posterior)
        for some in at_once(labels):
            rows = _rows(table, posterior, priors, some)
            rows = [row.refit(table) for row in rows] if number else rows
            priors[some] = [row.prior for row in rows]
            joint[some] = evidence(table, rows)
        before, posterior = posterior, normalized(table.rule_out(joint), prior)
        if at_rest := stands_still(before, posterior, STILL_AT_REST):
            break
    return Confusions(before, posterior, priors, prior, number + 1, at_rest)


def at_once(labels: int) -> list[slice]:
    """Cut the labels into as many as are gone through at once."""
    return [slice(first, min(first + AT_ONCE, labels)) for first in range(0, labels, AT_ONCE)]


def evidence(table: VoteTable, rows: Sequence[Row]) -> Floats:
    """Expect the log-likelihood of the votes on each object, should it have each row's label; shape (rows, objects)."""
    return table.slots.rows_to_objects(np.stack([row.column(table) for row in rows]))


def normalized(joint: Floats, prior: Floats) -> Floats:
    """Turn log-likelihoods into probabilities, in place; shape (labels, objects)."""
    joint += np.log(prior)[:, np.newaxis]
    return probabilities(joint)


def _rows(table: VoteTable, posterior: Floats, priors: Floats, some: slice) -> list[Row]:
    counted = zip(
        range(some.start, some.stop), table.slots.rows_to_pairs(posterior[some]), priors[some].copy(), strict=True
    )
    return [Row.counted(table, truth, counts, prior) for truth, counts, prior in counted]

"""Confusion matrices, of which the crowd says in advance what each label is taken for.

Dawid-Skene (see `dawid_skene`) in which the prior of a row, the answers to one true label, is fitted to the crowd and
integrated over, as in Bayesian classifier combination (Kim & Ghahramani, AISTATS 2012): variational Bayes,

    E[log C_j[k,l]] = ψ(N_j[k,l] + a_k[l]) - ψ(Σ_l' N_j[k,l'] + a_k[l'])

Labels are gone through two by two, so that nothing of the size workers times labels squared is held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from groundwork.consolidation.earlier_answers import (
    NOTHING_BEFORE,
    EarlierAnswers,
    EarlierCounts,
)
from groundwork.consolidation.em_rounds import MOST_ROUNDS, STILL, STILL_AT_REST, rounds_to_rest, stands_still
from groundwork.consolidation.expected_counts import Confusion
from groundwork.consolidation.learned_prior import Lean, digamma, refit_row, row_start
from groundwork.consolidation.majority_vote import majority_vote, probabilities
from groundwork.consolidation.one_coin import right_answers
from groundwork.consolidation.vote_table import Floats, Indices, VoteTable

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
    before: dict[str, tuple[Confusion, ...]]
    """What counts of the earlier jobs, by worker id."""
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
    labels_before: Indices = field(default_factory=lambda: np.zeros(0, np.int64))
    """Labels that workers gave in earlier jobs and give nowhere in this one."""
    counts_before: Floats = field(default_factory=lambda: np.zeros(0))
    """How often they did, a part of `totals`."""

    @classmethod
    def counted(cls, table: VoteTable, truth: int, counts: Floats, prior: Floats) -> Row:
        """Add up the counts of each worker."""
        return cls(truth, counts, table.sum_by_worker(counts), prior)

    def after(self, earlier: EarlierAnswers, table: VoteTable, trust: Floats) -> Row:
        """Add what earlier jobs showed, as far as it counts."""
        counts = self.counts + earlier.row(table, self.truth, trust)
        totals = self.totals + earlier.totals(self.truth, trust)
        return Row(self.truth, counts, totals, self.prior, *earlier.given_before_only(self.truth, trust))

    def refit(self, table: VoteTable) -> Row:
        """Learn the prior from the counts, starting at the one that is there."""
        given = np.concatenate((table.pair_label, self.labels_before))
        counts = np.concatenate((self.counts, self.counts_before))
        return replace(self, prior=refit_row(self.prior, self.truth, given, counts, self.totals))

    def column(self, table: VoteTable) -> Floats:
        """Expect the logarithm of each pair's share, should this label be true, by pair."""
        total = digamma(self.totals + self.prior.sum())
        column: Floats = digamma(self.counts + self.prior[table.pair_label]) - total[table.pair_worker]
        return column


def learned_confusions(
    table: VoteTable, labels: int, known: EarlierCounts = NOTHING_BEFORE, begin: Floats | None = None
) -> Confusions:
    """Estimate confusions and labels together; there must be two labels or more.

    The rounds begin with the labels `begin`, shape (labels, objects), or with the votes. They go on until the labels
    stand still; where earlier jobs are known, not quite as long.
    """
    earlier = EarlierAnswers.of(table, labels, known)
    priors = np.stack([row_start(truth, labels) for truth in range(labels)])
    posterior = majority_vote(table, labels) if begin is None else begin
    given = table.sum_by_worker(table.slots.given)
    trust = np.ones(len(table.workers))
    most, still = _rounds(table, earlier)
    for number in range(most):
        if not earlier.empty:
            trust = earlier.trust(np.minimum(right_answers(table, posterior), given), given, Lean())
        mass = 1 + posterior.sum(axis=1)
        prior = mass / mass.sum()
        joint = np.empty_like(posterior)
        for some in at_once(labels):
            rows = _rows(table, posterior, priors, some)
            rows = rows if earlier.empty else [row.after(earlier, table, trust) for row in rows]
            rows = [row.refit(table) for row in rows] if number else rows
            priors[some] = [row.prior for row in rows]
            joint[some] = evidence(table, rows)
        before, posterior = posterior, normalized(table.rule_out(joint), prior)
        if at_rest := stands_still(before, posterior, still):
            break
    return Confusions(before, posterior, priors, prior, earlier.trusted(table, trust), number + 1, at_rest)


def _rounds(table: VoteTable, earlier: EarlierAnswers) -> tuple[int, float]:
    """Limit the rounds, and what may still move at their end.

    The matrices of a small job explain its votes by almost any labels, so where they come to rest may be far from what
    the earlier jobs make likely and trust has faded: they stay near `begin`, where it has been weighed (decision 8).
    """
    most = rounds_to_rest(table)
    return (most, STILL_AT_REST) if earlier.empty else (min(most, MOST_ROUNDS), STILL)


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

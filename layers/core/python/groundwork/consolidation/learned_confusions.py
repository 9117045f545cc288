"""Confusion matrices, of which the crowd says in advance how well each label is recognized.

Dawid-Skene (see `dawid_skene`) in which the prior of a row, the answers to one true label, is fitted to the crowd and
integrated over, as in Bayesian classifier combination (Kim & Ghahramani, AISTATS 2012): variational Bayes,

    E[log C_j[k,l]] = ψ(N_j[k,l] + a_k[l]) - ψ(Σ_l' N_j[k,l'] + a_k[l'])

Labels are gone through one after the other, so that nothing of the size workers times labels squared is held.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.em_rounds import MOST_ROUNDS, stands_still
from groundwork.consolidation.learned_prior import Lean, digamma, refit
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import Floats, VoteTable


@dataclass(frozen=True, slots=True)
class Confusions:
    """What labels further objects, beside the counts that follow from `labeled`."""

    labeled: Floats
    """The posterior of which the counts are expectations, shape (labels, objects)."""
    posterior: Floats
    """What the last round made of those counts, shape (labels, objects)."""
    leans: tuple[Lean, ...]
    """Prior of each true label's row."""
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
    lean: Lean

    @classmethod
    def expected(cls, table: VoteTable, truth: int, probability: Floats) -> Row:
        """Count with the probability that `truth` is the label, shape (objects,)."""
        counts = table.slots.to_pairs(probability)
        return cls(truth, counts, table.sum_by_worker(counts), Lean())

    def refit(self, table: VoteTable, lean: Lean, labels: int) -> Row:
        """Learn the prior from the counts, starting at `lean`."""
        own = table.pair_label == self.truth
        fitted = refit(lean, self.counts[own], self.counts[~own], self.totals, labels - 1)
        return Row(self.truth, self.counts, self.totals, fitted)

    def evidence(self, table: VoteTable, labels: int) -> Floats:
        """Expect the log-likelihood of the votes on each object, should it have this label; shape (objects,)."""
        prior = np.where(table.pair_label == self.truth, self.lean.right, self.lean.wrong / (labels - 1))
        total = digamma(self.totals + self.lean.strength)
        column = digamma(self.counts + prior) - total[table.pair_worker]
        return table.slots.to_objects(column)


def learned_confusions(table: VoteTable, labels: int) -> Confusions:
    """Estimate confusions and labels together; there must be two labels or more."""
    posterior = majority_vote(table, labels)
    leans = [Lean()] * labels
    for number in range(MOST_ROUNDS):
        mass = 1 + posterior.sum(axis=1)
        prior = mass / mass.sum()
        joint = np.empty_like(posterior)
        for truth in range(labels):
            row = Row.expected(table, truth, posterior[truth])
            row = row.refit(table, leans[truth], labels) if number else row
            leans[truth] = row.lean
            joint[truth] = row.evidence(table, labels)
        before, posterior = posterior, normalized(joint, prior)
        if stands_still(before, posterior):
            break
    return Confusions(before, posterior, tuple(leans), prior, number + 1, stands_still(before, posterior))


def normalized(joint: Floats, prior: Floats) -> Floats:
    """Turn log-likelihoods into probabilities, shape (labels, objects)."""
    joint = joint + np.log(prior)[:, np.newaxis]
    posterior: Floats = np.exp(joint - joint.max(axis=0))
    posterior /= posterior.sum(axis=0)
    return posterior

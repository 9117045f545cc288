"""Dawid-Skene where what nobody marks is not seen.

Pixels that all workers leave to BACKGROUND are most of an image, and how many there are says how wide the photo was
taken, not how good the workers are; so the model rests on the others (spec: workflows §2.10). But those are a
selection: of all background that might be painted by mistake, only what somebody did paint is in it. Taken as it is,
it makes every worker look careless, the more so the fewer they are: with three of them each would be wrong in a third
of it at the least. The likelihood must be that of votes *given that not all are 0*. EM for such zero-truncated data
imputes the unseen (Dempster, Laird & Rubin, Maximum Likelihood from Incomplete Data, 1977, §4.2): if the model gives
the all-0 combination the probability P0, then to each seen vote belong P0 / (1 - P0) unseen ones.

On gold images the truth is known, so it is seen what all overlook; not seen is what neither anybody nor the known
answer marks.

    E: p_t(k) ∝ π_k Π_j C_j[k, t_j]
    M: C_j[k,l] ∝ Σ_t w_t p_t(k) [t_j = l] + prior,  π_k ∝ gamma + Σ_t w_t p_t(k)
       w of the all-0 row of a group: w(group) P0 / (1 - P0), at most as much as there really is
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices

MOST_ROUNDS = 100
TOLERANCE = 1e-6
"""EM ends when no probability moves by more."""
CERTAIN = 1e-9
"""Probabilities are kept this far from 0 and 1."""
NOBODY = -1
"""Worker number in an unused place of a row."""
UNKNOWN = -1
"""Class of a row of which the truth is to be found."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Combinations of votes of one or more groups, such as images. Class 0 stands for nothing marked."""

    given: Indices
    """Shape (rows, places): class that the worker of a place gave."""
    worker: Indices
    """Shape (rows, places): worker number, or `NOBODY`."""
    weight: Floats
    """Shape (rows,): how often the row was seen; 0 for the unseen ones."""
    unseen: Indices
    """The all-0 row of each group."""
    seen: Floats
    """Weight of all other rows of the group of each unseen row."""
    most_unseen: Floats
    """The most an unseen row may weigh."""
    known: Indices | None = None
    """Shape (rows,): class of the rows of gold images, else `UNKNOWN`; None where there are none at all."""

    def pin(self, shares: Floats) -> Floats:
        """Give the rows of gold images their class for certain, in place; `shares` has shape (rows, classes)."""
        if self.known is not None:
            rows = np.flatnonzero(self.known != UNKNOWN)
            shares[rows] = 0.0
            shares[rows, self.known[rows]] = 1.0
        return shares

    def rule_out(self, joint: Floats) -> Floats:
        """Leave the rows of gold images no class but theirs, in place: log-likelihoods of shape (rows, classes)."""
        if self.known is not None:
            rows = np.flatnonzero(self.known != UNKNOWN)
            likelihood = joint[rows, self.known[rows]]
            joint[rows] = -np.inf
            joint[rows, self.known[rows]] = likelihood
        return joint


@dataclass(frozen=True, slots=True)
class TruncatedEstimate:
    """What the last round left."""

    counts: Floats
    """Shape (workers, classes, classes): expected weight of what is k and was called l."""
    prior: Floats
    """π."""
    posterior: Floats
    """Shape (rows, classes)."""


def truncated_dawid_skene(rows: Rows, pseudo: Floats, label_strength: float) -> TruncatedEstimate:
    """Estimate workers and truth together.

    Parameters
    ----------
    rows : Rows
    pseudo : Floats
        Shape (workers, classes, classes): prior counts of each worker, none of them 0.
    label_strength : float
        Gamma: weight added to each class's share.
    """
    classes = pseudo.shape[1]
    posterior = rows.pin(vote_shares(rows, classes))
    weight = rows.weight.copy()
    for _ in range(MOST_ROUNDS):
        counts, mass = _m_step(rows, weight, posterior, pseudo.shape)
        prior = (label_strength + mass) / (label_strength + mass).sum()
        before = posterior
        posterior, evidence = weigh(rows, confusion(counts + pseudo), prior)
        nothing = np.minimum(np.exp(evidence[rows.unseen]), 1 - CERTAIN)
        weight[rows.unseen] = np.minimum(rows.seen * nothing / (1 - nothing), rows.most_unseen)
        if np.abs(posterior - before).max(initial=0.0) <= TOLERANCE:
            break
    return TruncatedEstimate(counts, prior, posterior)


def vote_shares(rows: Rows, classes: int) -> Floats:
    """Share of each class in the votes of each row, shape (rows, classes)."""
    shares = np.zeros((len(rows.given), classes))
    for given, worker in zip(rows.given.T, rows.worker.T, strict=True):
        voted = np.flatnonzero(worker != NOBODY)
        shares[voted, given[voted]] += 1
    total: Floats = shares / shares.sum(axis=1, keepdims=True)
    return total


def confusion(counts: Floats) -> Floats:
    """Turn counts into probabilities: each row of a worker's matrix adds up to 1."""
    matrices: Floats = counts / counts.sum(axis=2, keepdims=True)
    return matrices


def weigh(rows: Rows, matrices: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """E step: probability of each class of each row, and the log-likelihood of the row."""
    workers, classes, _ = matrices.shape
    columns = np.zeros((workers + 1, classes, classes))  # the last one, which NOBODY means, says nothing
    columns[:workers] = np.log(np.clip(matrices.transpose(0, 2, 1), CERTAIN, 1.0))
    joint = np.tile(np.log(prior), (len(rows.given), 1))
    for given, worker in zip(rows.given.T, rows.worker.T, strict=True):
        joint += columns[worker, given]
    rows.rule_out(joint)
    highest = joint.max(axis=1, keepdims=True)
    evidence = highest + np.log(np.exp(joint - highest).sum(axis=1, keepdims=True))
    return np.exp(joint - evidence), evidence[:, 0]


def _m_step(rows: Rows, weight: Floats, posterior: Floats, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    workers, classes, _ = shape
    counts = np.zeros((workers + 1, classes, classes))
    weighted = posterior * weight[:, np.newaxis]
    for given, worker in zip(rows.given.T, rows.worker.T, strict=True):
        place = np.where(worker == NOBODY, workers, worker) * classes + given
        for truth in range(classes):
            sums = np.bincount(place, weights=weighted[:, truth], minlength=(workers + 1) * classes)
            counts[:, truth, :] += sums.reshape(workers + 1, classes)
    return counts[:workers], weighted.sum(axis=0)

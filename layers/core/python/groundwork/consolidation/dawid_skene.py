"""Dawid-Skene with priors: how often each worker confuses which labels, and what the labels then are.

Dawid & Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28
(1979); the priors and the stopping rule are those of spec: workflows §2.6. Worker j says l where k is true with
probability

    C_j[k,l] = (N_j[k,l] + λ A[k,l]) / (Σ_l' N_j[k,l'] + λ)

N_j are expected counts, A leans to the diagonal. The priors keep every parameter above 0, so that a logarithm is
always finite. All matrices are kept as one column C_j[:,l] for each pair of a worker and a label that this worker
gave: the columns of labels never given enter only the objective, by its prior, in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.vote_table import Floats, Indices, VoteTable

DIAGONAL = 0.7
"""a0: how often a worker of whom nothing is known is right."""
STRENGTH = 4.0
"""λ: how many answers that prior is worth, for each true label."""
LABEL_STRENGTH = 1.0
"""Gamma: objects added to each label's share."""
MOST_ROUNDS = 100
TOLERANCE = 1e-5
"""Growth of the objective for each vote, below which nothing moves any more."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the last M step left: the next E step labels any object with it."""

    counts: Floats
    """N, shape (labels, pairs): expected number of objects with true label k that the pair's worker gave its label."""
    prior: Floats
    """π, shape (labels,)."""
    posterior: Floats
    """p of the last E step, shape (labels, objects)."""
    rounds: int
    converged: bool
    objectives: tuple[float, ...]
    """F after each round; it never falls."""


def dawid_skene(table: VoteTable, labels: int) -> Estimate:
    """Estimate workers and labels together by MAP-EM, in log space.

    Parameters
    ----------
    table : VoteTable
    labels : int
        K, at least 1. With one label there is nothing to estimate.
    """
    if labels == 1 or not len(table.objects):
        return _nothing_to_estimate(table, labels)
    posterior = majority_vote(table, labels)
    objectives: list[float] = []
    converged = False
    while not converged and len(objectives) < MOST_ROUNDS:
        counts, prior = _m_step(table, posterior)
        posterior, evidence = e_step(table, log_columns(table, counts, _totals(table, counts)), prior)
        objectives.append(evidence + _log_prior(table, counts, prior))
        converged = len(objectives) > 1 and _stands_still(table, *objectives[-2:])
    return Estimate(counts, prior, posterior, len(objectives), converged, tuple(objectives))


def e_step(table: VoteTable, log_columns: Floats, prior: Floats) -> tuple[Floats, float]:
    """Weigh the votes on each object by who gave them.

    Parameters
    ----------
    table : VoteTable
    log_columns : Floats
        log C_j[k,l], shape (labels, pairs).
    prior : Floats
        π, shape (labels,).

    Returns
    -------
    tuple[Floats, float]
        p, shape (labels, objects), and the log-likelihood of all votes.

    Labels are told apart by how much likelier each is than the last one: a row less to add up.
    """
    last = log_columns[-1]
    share = np.log(prior)
    joint = np.empty((len(log_columns), len(table.objects)))
    np.add(table.slots.rows_to_objects(log_columns[:-1] - last), share[:-1, np.newaxis], out=joint[:-1])
    joint[-1] = share[-1]
    table.rule_out(joint)
    highest = joint.max(axis=0)
    joint -= highest
    posterior: Floats = np.exp(joint, out=joint)
    total = posterior.sum(axis=0)
    posterior /= total
    return posterior, float(highest.sum() + np.log(total).sum() + (table.slots.given * last).sum())


def log_columns(table: VoteTable, counts: Floats, totals: Floats) -> Floats:
    """Turn expected counts into log C_j[k,l], shape (labels, pairs).

    `totals` are each worker's counts of all labels, those that are not in `table` included; shape (labels, workers).
    """
    pseudo = STRENGTH * _leaning(table.pair_label, len(counts))
    columns: Floats = np.log(counts + pseudo) - np.log(totals + STRENGTH)[:, table.pair_worker]
    return columns


def expected_counts(table: VoteTable, posterior: Floats) -> Floats:
    """Expect how often each pair's label was given when which label was true, shape (labels, pairs).

    A column of `posterior`, shape (labels, objects), adds up to 1, so what the other labels leave is the last one's.
    """
    counts = np.empty((len(posterior), len(table.pair_worker)))
    counts[:-1] = table.slots.rows_to_pairs(posterior[:-1])
    np.subtract(table.slots.given, counts[:-1].sum(axis=0), out=counts[-1])
    return np.maximum(counts, 0.0, out=counts)


def _totals(table: VoteTable, counts: Floats) -> Floats:
    return np.stack([table.sum_by_worker(row) for row in counts])


def _m_step(table: VoteTable, posterior: Floats) -> tuple[Floats, Floats]:
    counts = expected_counts(table, posterior)
    mass = LABEL_STRENGTH + posterior.sum(axis=1)
    return counts, mass / mass.sum()


def _log_prior(table: VoteTable, counts: Floats, prior: Floats) -> float:
    """λ Σ A log C + Σ log π over all of every worker's matrix, the columns never given included."""
    labels = len(counts)
    lean = _leaning(table.pair_label, labels)
    rows = _totals(table, counts)
    off_diagonal = (1 - DIAGONAL) / (labels - 1)
    never_given = DIAGONAL * np.log(STRENGTH * DIAGONAL) + (1 - DIAGONAL) * np.log(STRENGTH * off_diagonal)
    given = (lean * (np.log(counts + STRENGTH * lean) - np.log(STRENGTH * lean))).sum()
    matrices = len(table.workers) * labels * never_given + given - np.log(rows + STRENGTH).sum()
    return float(STRENGTH * matrices + LABEL_STRENGTH * np.log(prior).sum())


def _leaning(given: Indices, labels: int) -> Floats:
    """Columns of A for the labels in `given`, shape (labels, len(given))."""
    columns = np.full((labels, len(given)), (1 - DIAGONAL) / (labels - 1))
    columns[given, np.arange(len(given))] = DIAGONAL
    return columns


def _stands_still(table: VoteTable, before: float, after: float) -> bool:
    return abs(after - before) <= TOLERANCE * len(table.object_of)


def _nothing_to_estimate(table: VoteTable, labels: int) -> Estimate:
    counts = np.stack([table.slots.given] * labels)
    return Estimate(
        counts=counts,
        prior=np.full(labels, 1 / labels),
        posterior=np.ones((labels, len(table.objects))),
        rounds=0,
        converged=True,
        objectives=(),
    )

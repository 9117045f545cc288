"""How often each worker finds a label that applies and leaves out one that does not, and which labels then apply.

Dawid-Skene with two classes for each label, spec: workflows §2.8. Worker j chooses label k where it applies with
probability s_jk (sensitivity) and leaves it out where it does not with t_jk (specificity). One label alone has few
objects on which it applies, so both lean to the worker's own mean over all labels, and that mean to a prior:

    ŝ_j  = (0.7 s + Σ_ik p_ik v_ijk) / (s + Σ_ik p_ik)
    s_jk = (s ŝ_j + Σ_i  p_ik v_ijk) / (s + Σ_i  p_ik)           t_jk likewise, from 0.9, 1 - p_ik and 1 - v_ijk

p_ik is the probability that label k applies to object i, v_ijk is 1 where worker j chose it there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.set_table import SetTable
from groundwork.consolidation.vote_table import Floats

SENSITIVITY = 0.7
"""Of a worker of whom nothing is known: three labels in ten that apply are overlooked."""
SPECIFICITY = 0.9
"""Of a worker of whom nothing is known: choosing what does not apply is rarer, since a set leaves out most labels."""
STRENGTH = 20.0
"""s: how many objects the prior of a worker, and the worker's mean for each label, are worth."""
MOST_ROUNDS = 100
TOLERANCE = 1e-6
"""The rounds end when no probability moves by more."""


@dataclass(frozen=True, slots=True)
class SetEstimate:
    """What the last M step left; the next E step labels any object with it."""

    sensitivity: Floats
    """s, shape (labels, workers)."""
    specificity: Floats
    """t, shape (labels, workers)."""
    shares: Floats
    """Share of the objects that each label applies to, shape (labels,)."""
    posterior: Floats
    """p of the last E step, shape (labels, objects)."""
    rounds: int
    converged: bool


def label_sets(table: SetTable) -> SetEstimate:
    """Estimate workers and labels together by EM, from the share of workers who chose each label on.

    Of gold objects the labels stay as they are known.
    """
    posterior = table.pin(chosen_share(table))
    rounds, moved = 0, 1.0
    while moved > TOLERANCE and rounds < MOST_ROUNDS:
        sensitivity, specificity = _workers(table, posterior)
        shares = (1 + posterior.sum(axis=1)) / (2 + len(table.objects))
        before, posterior = posterior, table.pin(applies(table, sensitivity, specificity, shares))
        moved = float(np.abs(posterior - before).max(initial=0.0))
        rounds += 1
    return SetEstimate(sensitivity, specificity, shares, posterior, rounds, moved <= TOLERANCE)


def chosen_share(table: SetTable) -> Floats:
    """Share of the workers of each object who chose each label, shape (labels, objects); the plain vote."""
    chosen = table.chosen_by_object(np.ones((table.labels, len(table.workers))))
    share: Floats = chosen / np.bincount(table.object_of, minlength=len(table.objects))
    return share


def applies(table: SetTable, sensitivity: Floats, specificity: Floats, shares: Floats) -> Floats:
    """Weigh the sets on each object by who chose them: the probability that each label applies.

    Parameters
    ----------
    table : SetTable
    sensitivity, specificity : Floats
        Shape (labels, workers), all above 0 and below 1.
    shares : Floats
        Shape (labels,).

    Returns
    -------
    Floats
        Shape (labels, objects).
    """
    left_out = np.log(1 - sensitivity) - np.log(specificity)
    chosen = np.log(sensitivity) - np.log(1 - specificity)
    evidence = table.sum_by_object(left_out) + table.chosen_by_object(chosen - left_out)
    odds = (np.log(shares) - np.log(1 - shares))[:, np.newaxis] + evidence
    # The half of the logistic function that can't overflow, mirrored.
    small = np.exp(-np.abs(odds))
    probability: Floats = np.where(odds >= 0, 1.0, small) / (1 + small)
    return probability


def _workers(table: SetTable, posterior: Floats) -> tuple[Floats, Floats]:
    apply = table.sum_by_worker(posterior)
    found = table.chosen_by_worker(posterior)
    apply_not = table.sum_by_worker(1 - posterior)
    # A difference of two sums may fall below 0 by rounding.
    left_out = np.maximum(apply_not - table.chosen_by_worker(1 - posterior), 0.0)
    return _leaning(found, apply, SENSITIVITY), _leaning(left_out, apply_not, SPECIFICITY)


def _leaning(right: Floats, of: Floats, prior: float) -> Floats:
    """Rates that lean to the worker's mean over all labels, and that to the prior; both of shape (labels, workers)."""
    mean = (prior * STRENGTH + right.sum(axis=0)) / (STRENGTH + of.sum(axis=0))
    rate: Floats = (STRENGTH * mean + right) / (STRENGTH + of)
    return rate

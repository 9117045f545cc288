"""What is expected of a worker before the first answer, learned from the whole crowd.

A worker's answers to objects of one true label are taken for draws from unknown shares, and these shares, from worker
to worker, for draws from one Dirichlet distribution. Its parameters are fitted to the counts of all workers by Minka's
fixed point (Estimating a Dirichlet distribution, 2000): in a crowd in which all are alike, few answers of a worker
count for little beside what the others show. The start keeps the weight of one worker, so that no parameter leaves
(0, ∞) however little there is to learn from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices

ACCURACY = 0.7
"""How often somebody of whom nothing is known is right."""
STRENGTH = 4.0
"""How many answers that is worth."""
START_WEIGHT = 1.0
"""How many workers the start is worth, beside those who answered."""
STEPS = 2
"""Of the fixed point for each round of EM: the counts move on in every round anyway."""
SHIFT = 8
"""The asymptotic series of digamma is exact to 1e-11 from here on."""


@dataclass(frozen=True, slots=True)
class Lean:
    """Parameters of a Dirichlet distribution that tells only right from wrong; both are above 0."""

    right: float = STRENGTH * ACCURACY
    wrong: float = STRENGTH * (1 - ACCURACY)

    @property
    def strength(self) -> float:
        """How many answers the prior is worth."""
        return self.right + self.wrong


def refit(lean: Lean, right: Floats, wrong: Floats) -> Lean:
    """Fit the prior of accuracies to the expected right and wrong answers of each worker, starting at `lean`."""
    for _ in range(STEPS):
        growth = float((digamma(right + wrong + lean.strength) - digamma(lean.strength)).sum())
        hits = lean.right * float((digamma(right + lean.right) - digamma(lean.right)).sum())
        misses = lean.wrong * float((digamma(wrong + lean.wrong) - digamma(lean.wrong)).sum())
        lean = _between(hits, misses, growth)
    return lean


def row_start(truth: int, labels: int) -> Floats:
    """Spread the start over the labels given when `truth` is the label, all wrong ones alike; shape (labels,)."""
    return _spread(Lean(), truth, labels)


def refit_row(prior: Floats, truth: int, given: Indices, counts: Floats, totals: Floats) -> Floats:
    """Fit the prior of what is said when `truth` is the label, starting at `prior` of shape (labels,).

    Which wrong label is the usual one is learned as well, beside a start in which only right and wrong are told apart,
    as far apart as the crowd has them.

    Parameters
    ----------
    prior : Floats
    truth : int
    given, counts : Indices, Floats
        A label that a worker gave, and how many times it is expected to have been to this true label.
    totals : Floats
        Sum of each worker's counts.
    """
    labels = len(prior)
    for _ in range(STEPS):
        strength = prior.sum()
        growth = float((digamma(totals + strength) - digamma(strength)).sum())
        of_pair = prior[given]
        grown = prior * np.bincount(given, digamma(counts + of_pair) - digamma(of_pair), labels)
        hits = float(grown[truth])
        crowd = _between(hits, float(grown.sum()) - hits, growth)
        prior = (grown + START_WEIGHT * _spread(crowd, truth, labels)) / (growth + START_WEIGHT)
    return prior


def _between(hits: float, misses: float, growth: float) -> Lean:
    """One step of the fixed point, in which the start has its weight."""
    start, weight = Lean(), growth + START_WEIGHT
    return Lean((hits + START_WEIGHT * start.right) / weight, (misses + START_WEIGHT * start.wrong) / weight)


def _spread(lean: Lean, truth: int, labels: int) -> Floats:
    row = np.full(labels, lean.wrong / (labels - 1))
    row[truth] = lean.right
    return row


def digamma(value: Floats | float) -> Floats:
    """Compute the derivative of log Γ, for values above 0."""
    shifted = np.asarray(value, dtype=np.float64)
    below = np.zeros_like(shifted)
    for _ in range(SHIFT):
        below += 1 / shifted
        shifted = shifted + 1
    square = 1 / (shifted * shifted)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    result: Floats = np.log(shifted) - 0.5 / shifted - series - below
    return result


def log_gamma(value: Floats) -> Floats:
    """Compute log Γ, for values above 0, by Stirling's series (Abramowitz & Stegun, 6.1.41)."""
    shifted = np.asarray(value, dtype=np.float64)
    below = np.zeros_like(shifted)
    for _ in range(SHIFT):
        below += np.log(shifted)
        shifted = shifted + 1
    square = 1 / (shifted * shifted)
    series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / shifted
    result: Floats = (shifted - 0.5) * np.log(shifted) - shifted + 0.5 * np.log(2 * np.pi) + series - below
    return result

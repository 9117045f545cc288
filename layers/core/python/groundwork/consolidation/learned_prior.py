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

from groundwork.consolidation.vote_table import Floats

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
    """Of all wrong labels together."""

    @property
    def strength(self) -> float:
        """How many answers the prior is worth."""
        return self.right + self.wrong


def refit(lean: Lean, right: Floats, wrong: Floats, totals: Floats, wrong_labels: int) -> Lean:
    """Fit the prior to the expected counts of all workers.

    Parameters
    ----------
    lean : Lean
        Where the fixed point starts.
    right, wrong : Floats
        Counts of right answers, and of each wrong label that was given; in no particular order.
    totals : Floats
        Sum of each worker's counts.
    wrong_labels : int
        Over how many labels `lean.wrong` is spread evenly.
    """
    start = Lean()
    for _ in range(STEPS):
        each = lean.wrong / wrong_labels
        weight = START_WEIGHT + float((digamma(totals + lean.strength) - digamma(lean.strength)).sum())
        hits = lean.right * float((digamma(right + lean.right) - digamma(lean.right)).sum())
        misses = each * float((digamma(wrong + each) - digamma(each)).sum())
        lean = Lean(
            (hits + START_WEIGHT * start.right) / weight,
            (misses + START_WEIGHT * start.wrong) / weight,
        )
    return lean


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

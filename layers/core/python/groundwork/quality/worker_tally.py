"""What is known of one worker, added up over the data objects (spec: workflows §2.13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from groundwork.quality.beta_interval import beta_interval
from groundwork.quality.mean import Mean, rounded
from groundwork.quality.measure import Json

PRIOR_RIGHT = 0.7
"""How often a worker of whom nothing is known is right (spec: workflows §2.6)."""
PRIOR_ANSWERS = 4.0
"""λ: how many answers that prior is worth, for each label."""


@dataclass(slots=True)
class WorkerTally:
    """Sums over the answers of one worker.

    `true` and `right` are Σ_l N[k,l] and N[k,k] by label k: expected counts of objects with that true label, and of
    those among them that the worker gave it.
    """

    answers: int = 0
    seconds: Mean = field(default_factory=Mean)
    with_label: Mean = field(default_factory=Mean)
    with_others: Mean = field(default_factory=Mean)
    true: dict[int, float] = field(default_factory=dict)
    right: dict[int, float] = field(default_factory=dict)
    gold: Mean = field(default_factory=Mean)
    """Right answers to gold objects."""
    elsewhere: float = 0.0
    """Expected count of objects whose true label nobody named."""

    def add_truth(self, given: int, truth: Mapping[int, float]) -> None:
        """Count one answer against how probable each label is; what is missing to 1 is on labels nobody named."""
        for label, probability in truth.items():
            self.true[label] = self.true.get(label, 0.0) + probability
        self.right[given] = self.right.get(given, 0.0) + truth.get(given, 0.0)
        self.elsewhere += max(0.0, 1 - sum(truth.values()))

    def quality(self, shares: Mapping[int, float]) -> dict[str, Json] | None:
        """Estimate how often the worker is right, Σ_k π_k C[k,k], with the interval of all answers taken together.

        C[k,k] leans to the prior, so that a label seen once does not count as known.

        Parameters
        ----------
        shares : Mapping[int, float]
            π, adds up to 1.
        """
        if not self.true or not shares:
            return None
        right = sum(self.right.values())
        wrong = sum(self.true.values()) + self.elsewhere - right
        value = sum(share * self._rate(label) for label, share in shares.items())
        low, high = beta_interval(right, max(0.0, wrong))
        return {"value": rounded(value), "interval": [rounded(low), rounded(high)]}

    def _rate(self, label: int) -> float:
        right, true = self.right.get(label, 0.0), self.true.get(label, 0.0)
        return (right + PRIOR_ANSWERS * PRIOR_RIGHT) / (true + PRIOR_ANSWERS)


def truth_of(label: int, confidence: float | None, named: set[int]) -> dict[int, float]:
    """Turn a label and its confidence back into probabilities of labels.

    Confidence is 0.05 + 0.9 p (spec: workflows §2.7); what p leaves is shared evenly by the other labels that workers
    named. A label without a confidence counts as certain.
    """
    probability = 1.0 if confidence is None else min(1.0, max(0.0, (confidence - 0.05) / 0.9))
    others = named - {label}
    return {label: probability} | {other: (1 - probability) / len(others) for other in others}

"""How good the labels of a job are, against the truth and against a plain majority of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Shares of right labels, 0 to 1, over the labeled data objects."""

    objects: int
    consolidated: float
    majority: float


def measure(truth: Mapping[str, str], labels: Mapping[str, str], answers: Mapping[str, Sequence[str]]) -> Accuracy:
    """Compare labels and answers, keyed by data object, with the truth.

    A tie of the majority counts as the chance that a coin picks the right one.
    """
    if not labels:
        return Accuracy(0, 0.0, 0.0)
    right = sum(label == truth[data_object] for data_object, label in labels.items())
    by_majority = sum(_chance_of_majority(answers.get(name, ()), truth[name]) for name in labels)
    return Accuracy(len(labels), right / len(labels), by_majority / len(labels))


def _chance_of_majority(answers: Sequence[str], truth: str) -> float:
    counts = Counter(answers)
    most = max(counts.values(), default=0)
    winners = [label for label, count in counts.items() if count == most]
    return 1 / len(winners) if truth in winners else 0.0

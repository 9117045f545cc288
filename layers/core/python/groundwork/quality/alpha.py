"""Krippendorff's alpha for nominal values, from counts that don't grow with the number of data objects.

Krippendorff, Content Analysis (4th ed., 2018), ch. 12. An object with m answers adds k (k - 1) / (m - 1) to the
coincidences o_cc of a label that k of them name, and k to n_c; an object with one answer adds nothing. With n answers:

    alpha   = ((n - 1) Σ_c o_cc - Σ_c n_c (n_c - 1)) / (n (n - 1) - Σ_c n_c (n_c - 1))
    alpha_c = 1 - (n - 1) (n_c - o_cc) / (n_c (n - n_c))          label c against all others
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class AlphaCounts:
    """The coincidences so far."""

    answers: int = 0
    """n: answers to objects that have at least two."""
    named: Counter[int] = field(default_factory=Counter)
    """n_c by label."""
    coincidences: dict[int, float] = field(default_factory=dict)
    """o_cc by label."""

    def add(self, answers: Sequence[Collection[int]]) -> None:
        """Count one object: the labels that each of its answers names."""
        if len(answers) < 2:
            return
        self.answers += len(answers)
        for label, count in Counter(label for labels in answers for label in set(labels)).items():
            self.named[label] += count
            pairs = count * (count - 1) / (len(answers) - 1)
            self.coincidences[label] = self.coincidences.get(label, 0.0) + pairs

    def overall(self) -> float | None:
        """Return alpha of answers that name one label each; None where all name the same, or no object has two."""
        by_chance = sum(count * (count - 1) for count in self.named.values())
        total = self.answers * (self.answers - 1)
        if total <= by_chance:
            return None
        return ((self.answers - 1) * sum(self.coincidences.values()) - by_chance) / (total - by_chance)

    def of_label(self, label: int) -> float | None:
        """Return alpha of whether an answer names the label; None where all do or none does."""
        count = self.named[label]
        if not 0 < count < self.answers:
            return None
        disagreements = count - self.coincidences[label]
        return 1 - (self.answers - 1) * disagreements / (count * (self.answers - count))

"""How sure the votes on one object make of its label, for types of which an answer names one label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groundwork.consolidation.crowd_beliefs import BELIEFS, ReadBeliefs, probability
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class SingleLabelSureness:
    """By the beliefs of one algorithm; a vote is the index of the chosen label."""

    beliefs: ReadBeliefs

    def read(self, estimate: Json | None, labels: int) -> Callable[[Mapping[str, Json]], float]:
        """Read the crowd once; the function tells how likely the most likely label is."""
        beliefs = self.beliefs(estimate, labels)
        return lambda votes: probability(beliefs, sorted(votes.items()))


SINGLE_LABEL_SURENESS: Mapping[str, SingleLabelSureness] = {
    name: SingleLabelSureness(beliefs) for name, beliefs in BELIEFS.items()
}
"""By `ConsolidationAlgorithm`."""

"""How sure the votes on one object make of its label, for types of which an answer names one label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from groundwork.consolidation.crowd_beliefs import BELIEFS, ReadBeliefs, known_workers, probability
from groundwork.task_types.task_type import Json, KnownCrowd


@dataclass(frozen=True, slots=True)
class SingleLabelSureness:
    """By the beliefs of one algorithm; a vote is the index of the chosen label."""

    beliefs: ReadBeliefs

    def read(self, estimate: Json | None, labels: int) -> KnownCrowd:
        """Read the crowd once, for many objects."""
        beliefs = self.beliefs(estimate, labels)
        return KnownCrowd(known_workers(estimate), lambda votes: probability(beliefs, sorted(votes.items())))


SINGLE_LABEL_SURENESS: Mapping[str, SingleLabelSureness] = {
    name: SingleLabelSureness(beliefs) for name, beliefs in BELIEFS.items()
}
"""By `ConsolidationAlgorithm`."""

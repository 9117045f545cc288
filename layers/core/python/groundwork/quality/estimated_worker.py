"""How often a worker is right, of types in which an answer is more than one of the labels: as the estimate has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groundwork.quality.beta_interval import beta_interval
from groundwork.quality.mean import rounded
from groundwork.quality.measure import Json


@dataclass(frozen=True, slots=True)
class EstimatedWorker:
    """What the model behind a job's labels found out about one worker."""

    value: float
    """Share of what a worker decides that is right."""
    decisions: float
    """How many the share rests on. Decisions that go together count as one: those about one set, or about the pixels of
    one image."""

    def document(self) -> dict[str, Json]:
        """Describe it as the quality of other types: the share, and the interval of all decisions taken together."""
        low, high = beta_interval(self.value * self.decisions, (1 - self.value) * self.decisions)
        return {"value": rounded(self.value), "interval": [rounded(low), rounded(high)]}


WorkerEstimates = Callable[[Json], Mapping[str, EstimatedWorker]]
"""Reads the stored estimate of the workers of a job, by worker id."""

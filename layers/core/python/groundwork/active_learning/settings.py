"""What a job with automated labeling asks for."""

from __future__ import annotations

from dataclasses import dataclass

from groundwork.active_learning.targets import CLASSIFICATION

BOUND = 0.99
"""How sure the stated quality is, over all rounds of a job together."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One job's; the same in all of its rounds."""

    classes: int
    """Number of labels of the job; a class is an index into its label list."""
    seed: int
    """Of every lot that is drawn; from the job's name, so that a repeated stage decides the same."""
    target: float = CLASSIFICATION
    """Least mean quality of what is labeled automatically, above 0 and below 1: `AutoLabelTarget`."""
    bound: float = BOUND
    """Probability that the target is kept, at least."""
    largest_round: int = 1_000
    """Most data objects that people are asked for at once: `MaxConcurrentTaskCount`."""
    human_budget: int | None = None
    """Most data objects that people may label: `MaxHumanLabeledObjectCount`, or the share of it that is left."""

    def __post_init__(self) -> None:
        """Refuse what no round can be planned for.

        Raises
        ------
        ValueError
            A setting is out of its range.
        """
        if self.classes < 1:
            raise ValueError(f"a job has at least one label, not {self.classes}")
        if not 0 < self.target < 1 or not 0 < self.bound < 1:
            raise ValueError(f"target {self.target} and bound {self.bound} must lie between 0 and 1")
        if self.largest_round < 1:
            raise ValueError(f"people are asked for at least one data object at once, not {self.largest_round}")

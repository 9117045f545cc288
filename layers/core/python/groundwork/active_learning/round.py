"""What follows from one round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groundwork.active_learning.arrays import Bools, Floats, Indices

History = Mapping[str, Any]
"""What a round must know of the ones before, as small JSON; `{}` before the first."""


@dataclass(frozen=True, slots=True)
class AutoLabels:
    """Rows of the pool that the model labels now, for good."""

    rows: Indices
    classes: Indices
    confidences: Floats
    """Calibrated: the expected share of right labels among those with this confidence."""


@dataclass(frozen=True, slots=True)
class NextPeople:
    """Rows of the pool that people label next, the first ones first."""

    rows: Indices
    at_random: Bools
    """Of each row, whether it is `Asked.AT_RANDOM`; otherwise `Asked.CHOSEN`."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the job's log says of a round."""

    round: int
    target: float
    human_labeled: int
    open: int
    """Data objects without a label before the round."""
    validated: int
    """Held-out objects that are like the open ones, or, where a threshold is chosen, like those above it."""
    wrong: float
    """What they lack of a quality of 1 each, together: for classes, the number of wrong labels."""
    bound: float
    """Mean quality of the open objects, or of those above the threshold, that is reached but for `risk`."""
    risk: float
    """Part of `1 - Settings.bound` that this round could spend."""
    threshold: float | None
    """Least confidence (the trainer's own) of what is labeled now; None when nothing is."""
    auto_labeled: int
    """Data objects that are labeled now."""
    people_next: int
    """Data objects that people are asked for next."""
    reason: str
    """Why nothing is labeled automatically in this round; empty when something is."""


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that follows from a round."""

    auto: AutoLabels
    people: NextPeople
    figures: Figures
    exhausted: bool
    """The loop ends (`autoLabelingExhausted`): `people` is all that is still open, as far as the budget goes."""
    history: History

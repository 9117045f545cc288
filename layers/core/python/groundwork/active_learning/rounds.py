"""One round: what the model labels now, which data objects people label next (spec: workflows §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groundwork.active_learning.arrays import Bools, Floats, Indices
from groundwork.active_learning.pool import Pool
from groundwork.active_learning.settings import Settings
from groundwork.active_learning.trainer import Scores, Trainer

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
    threshold: float | None
    """Least confidence of what is labeled now; None when nothing is."""
    validated: int
    """Held-out objects that the model would have labeled, in this round or before."""
    quality: float | None
    """Their mean quality."""
    bound: float | None
    """What the mean quality of all that the model labeled is at least, as sure as the settings ask."""
    reason: str
    """Why nothing was labeled automatically, or what ends the loop; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that follows from a round."""

    auto: AutoLabels
    people: NextPeople
    figures: Figures
    exhausted: bool
    """The loop ends: whatever is still open goes to people (`people` has it all, for as far as the budget goes)."""
    history: History


def first_sample(objects: int, settings: Settings) -> Indices:
    """Draw the rows that people label before any model; all of them when the model can't pay (see `first_reason`)."""
    raise NotImplementedError


def next_round(pool: Pool, settings: Settings, history: History, trainer: Trainer) -> Round:
    """Train, score and decide."""
    return decide(pool, trainer.score(pool, settings), settings, history)


def decide(pool: Pool, scores: Scores, settings: Settings, history: History) -> Round:
    """Decide from a model's scores, wherever they were computed."""
    raise NotImplementedError

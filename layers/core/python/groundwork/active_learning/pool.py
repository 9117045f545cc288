"""All usable data objects of a job, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from groundwork.active_learning.arrays import Bools, Floats, Indices
from groundwork.active_learning.features import Features
from groundwork.active_learning.lots import by_lot

UNLABELED = -1
"""In place of a class: no person's label."""


class Asked(IntEnum):
    """Why people were asked for a data object."""

    NOT = 0
    AT_RANDOM = 1
    """A lot among all that was unlabeled then: it trains and it validates."""
    CHOSEN = 2
    """The model was unsure, or the label was there before the job: it trains only."""


@dataclass(frozen=True, slots=True)
class OutsidePrediction:
    """What another model predicted before the job (`<attribute>-prediction`), one value a data object."""

    classes: Indices
    """Class index, -1 where there is no prediction."""
    confidences: Floats
    """Between 0 and 1; need not be calibrated."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One row a data object, the same rows in all rounds; those that can't be labeled at all are not in it."""

    features: Features | None
    """None where the trainer has its own, as a SageMaker trainer does."""
    labels: Indices
    """Class index of the label that people gave, or UNLABELED."""
    asked: NDArray[np.int8]
    """Values of `Asked`. Asked and unlabeled is an object that people failed on, or that waits: it is left alone."""
    auto_labeled: Bools
    """Labeled by the model in an earlier round: final."""
    trust: Floats | None = None
    """Weight in training of each label of people, above 0 and at most 1; None: all 1."""
    outside: OutsidePrediction | None = None

    @property
    def size(self) -> int:
        """Number of data objects."""
        return len(self.labels)

    def in_lot_order(self, rows: Indices) -> Indices:
        """Order rows so that where they stand in the manifest tells nothing."""
        if self.features is None or self.features.lots is None:
            return rows
        return rows[by_lot(self.features.lots[rows])]

    def labeled(self) -> Indices:
        """Rows with a label of people."""
        return np.flatnonzero((self.labels != UNLABELED) & ~self.auto_labeled)

    def held_out(self) -> Indices:
        """Rows with a label of people that a lot chose."""
        return np.flatnonzero((self.labels != UNLABELED) & (self.asked == Asked.AT_RANDOM) & ~self.auto_labeled)

    def open(self) -> Indices:
        """Rows that nobody was asked for and nothing labeled."""
        return np.flatnonzero((self.asked == Asked.NOT) & (self.labels == UNLABELED) & ~self.auto_labeled)

"""What a trainer tells a round: how sure its model is, and where people's labels were held out, how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from groundwork.active_learning.arrays import Floats, Indices
from groundwork.active_learning.pool import Pool
from groundwork.active_learning.settings import Settings


@dataclass(frozen=True, slots=True)
class Scores:
    """A model's view of the pool, one value a row of it in every array; NaN and -1 where there is none.

    The confidence of a held-out object comes from a model that did not learn from its label, just as that of an
    unlabeled one. Nothing else is asked of it: it need only put the surest first.
    """

    confidence: Floats
    """Of every held-out and every open object, between 0 and 1; of other labeled ones where `quality` is known."""
    quality: Floats
    """Of every held-out object, between 0 and 1: for classes 1 if the predicted class is people's, else 0.

    Of other labeled objects too, if the model did not learn from their labels either: it tells when a look pays.
    """
    classes: Indices
    """Predicted class; -1 for task types whose prediction is no class."""


class Trainer(Protocol):
    """Learns from people's labels and scores the pool."""

    def score(self, pool: Pool, settings: Settings) -> Scores:
        """Train on what people labeled; score at least every held-out and every open object."""
        ...

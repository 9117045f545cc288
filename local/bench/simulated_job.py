"""A labeling job with automated labeling and people who are always right, through the library alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from groundwork.active_learning.embedded_trainer import EmbeddedTrainer
from groundwork.active_learning.pool import UNLABELED, Asked, Pool
from groundwork.active_learning.round import History
from groundwork.active_learning.rounds import first_sample, next_round
from groundwork.active_learning.settings import Settings

from local.bench.class_data import ClassData


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to."""

    objects: int
    human: int
    """Data objects that people labeled."""
    right: int
    """Of the others, those whose label is the true one."""
    rounds: int

    @property
    def machine(self) -> int:
        """Data objects that the model labeled."""
        return self.objects - self.human

    @property
    def accuracy(self) -> float | None:
        """True share of right labels among the model's; None if it labeled nothing."""
        return self.right / self.machine if self.machine else None


def simulate(data: ClassData, target: float, seed: int) -> Outcome:
    """Run all rounds of one job."""
    size = len(data.truth)
    settings = Settings(classes=data.classes, seed=seed, target=target)
    labels, asked = np.full(size, UNLABELED), np.full(size, Asked.NOT, dtype=np.int8)
    auto, given = np.zeros(size, dtype=np.bool_), np.full(size, UNLABELED)
    sample = first_sample(size, settings)
    labels[sample], asked[sample] = data.truth[sample], Asked.AT_RANDOM
    history: History = {}
    exhausted, number = False, 0
    while not exhausted:
        pool = Pool(data.features, labels, asked, auto)
        result = next_round(pool, settings, history, EmbeddedTrainer())
        history, exhausted, number = result.history, result.exhausted, result.figures.round
        auto[result.auto.rows], given[result.auto.rows] = True, result.auto.classes
        people = result.people
        labels[people.rows] = data.truth[people.rows]
        asked[people.rows] = np.where(people.at_random, Asked.AT_RANDOM, Asked.CHOSEN)
    return Outcome(size, int((~auto).sum()), int((given == data.truth)[auto].sum()), number)

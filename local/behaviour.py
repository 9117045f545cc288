"""How a simulated worker errs: how often, and what they take for what."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Handwritten digits that people take for each other.
DIGIT_CONFUSIONS: Mapping[str, tuple[str, ...]] = {
    "zero": ("six", "nine"),
    "one": ("seven", "four"),
    "two": ("seven", "three"),
    "three": ("eight", "five"),
    "four": ("nine", "one"),
    "five": ("six", "three"),
    "six": ("zero", "five"),
    "seven": ("one", "two"),
    "eight": ("three", "nine"),
    "nine": ("four", "eight"),
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One worker's way of answering.

    Parameters
    ----------
    accuracy
        Share of right answers, 0 to 1.
    seed
        Makes the mistakes the worker's own. The answer to an object depends on seed and object alone, so it
        is the same whenever and in whatever order the worker meets it.
    confusions
        Label → labels it is mistaken for, the likeliest first.
    careless
        Share of the mistakes that are any label at all, as of somebody who does not look.
    """

    accuracy: float
    seed: int
    confusions: Mapping[str, tuple[str, ...]]
    careless: float = 0.1

    def label(self, data_object: str, truth: str, labels: Sequence[str]) -> str:
        """Answer for one data object whose right label is `truth`."""
        chance = random.Random(f"{self.seed}:{data_object}")
        if chance.random() < self.accuracy:
            return truth
        similar = self.confusions.get(truth, ())
        if not similar or chance.random() < self.careless:
            return chance.choice([label for label in labels if label != truth])
        return chance.choices(similar, weights=[2.0**-place for place in range(len(similar))])[0]


def digit_workers(seed: int) -> list[Behaviour]:
    """Return five workers for handwritten digits: good ones, hasty ones, and one who hardly looks."""
    return [
        Behaviour(0.97, seed + 1, DIGIT_CONFUSIONS),
        Behaviour(0.95, seed + 2, DIGIT_CONFUSIONS),
        Behaviour(0.90, seed + 3, DIGIT_CONFUSIONS),
        Behaviour(0.82, seed + 4, DIGIT_CONFUSIONS, careless=0.3),
        Behaviour(0.45, seed + 5, DIGIT_CONFUSIONS, careless=1.0),
    ]

"""Which way of labeling should be the default? The candidates, and the choice with each data set left out in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from groundwork.consolidation.alike_workers import alike_posterior, alike_workers
from groundwork.consolidation.dawid_skene import dawid_skene
from groundwork.consolidation.learned_confusions import learned_confusions
from groundwork.consolidation.learned_one_coin import learned_one_coin
from groundwork.consolidation.majority_vote import majority_vote
from groundwork.consolidation.one_coin import one_coin, one_coin_posterior
from groundwork.consolidation.vote_table import Floats, VoteTable
from numpy.typing import NDArray

MOST_BELOW = 0.005
"""How far below majority vote the default may fall on any data set."""
RESAMPLES = 2_000

ALIKE, COIN, CONFUSIONS = "alike workers", "learned one-coin", "learned confusions"
MAJORITY, PLAIN_COIN, PLAIN_CONFUSIONS = "majority vote", "one-coin", "Dawid-Skene"
DEFAULT = (ALIKE, COIN, CONFUSIONS)
CANDIDATES: Sequence[tuple[str, ...]] = (
    (MAJORITY,),
    (PLAIN_COIN,),
    (PLAIN_CONFUSIONS,),
    (COIN,),
    (CONFUSIONS,),
    (ALIKE, COIN),
    (ALIKE, CONFUSIONS),
    (COIN, CONFUSIONS),
    DEFAULT,
    (MAJORITY, PLAIN_COIN, PLAIN_CONFUSIONS),
    (MAJORITY, COIN, CONFUSIONS),
)
"""Members of which the probabilities are averaged; chosen with these data sets in view, before any was left out."""
MEMBERS: Mapping[str, Callable[[VoteTable, int], Floats]] = {
    MAJORITY: majority_vote,
    ALIKE: lambda table, labels: alike_posterior(table, alike_workers(table, labels), labels),
    PLAIN_COIN: lambda table, labels: one_coin_posterior(table, one_coin(table, labels)),
    COIN: lambda table, labels: learned_one_coin(table, labels).posterior,
    PLAIN_CONFUSIONS: lambda table, labels: dawid_skene(table, labels).posterior,
    CONFUSIONS: lambda table, labels: learned_confusions(table, labels).posterior,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What would have been chosen without one data set."""

    left_out: int
    candidate: tuple[str, ...]


def leave_one_out(accuracy: Mapping[tuple[str, ...], Floats], majority: Floats) -> list[Choice]:
    """Choose on all data sets but one, for each.

    Parameters
    ----------
    accuracy : Mapping[tuple[str, ...], Floats]
        Of each candidate, on each data set.
    majority : Floats
        Majority vote's on each data set, by the way of deciding ties that suits the data set most.
    """
    count = len(majority)
    return [Choice(left, best(accuracy, majority, np.arange(count) != left)) for left in range(count)]


def best(accuracy: Mapping[tuple[str, ...], Floats], majority: Floats, among: NDArray[np.bool_]) -> tuple[str, ...]:
    """Choose the best mean among candidates that are nowhere more than half a point below majority vote."""
    floor = majority[among] - MOST_BELOW
    safe = [candidate for candidate, each in accuracy.items() if (each[among] >= floor).all()]
    return max(safe, key=lambda candidate: float(accuracy[candidate][among].mean()))


def interval(differences: Sequence[Floats], *, other_data: bool) -> tuple[float, float]:
    """Give the 95 % bootstrap interval of the mean over data sets of a mean difference on tasks.

    Parameters
    ----------
    differences : Sequence[Floats]
        For each data set, of each judged task, right by one way less right by the other.
    other_data : bool
        Resample the data sets as well as their tasks: what to expect elsewhere, not only on more tasks of these.
    """
    random = np.random.default_rng(0)
    means = np.array([[float(random.choice(each, len(each)).mean()) for _ in range(RESAMPLES)] for each in differences])
    if other_data:
        drawn = random.integers(len(differences), size=(len(differences), RESAMPLES))
        means = np.take_along_axis(means, drawn, axis=0)
    low, high = np.quantile(means.mean(axis=0), (0.025, 0.975))
    return float(low), float(high)

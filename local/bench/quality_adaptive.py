"""What adaptive redundancy saves, and what it costs: `python -m local.bench quality-adaptive`."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from groundwork.consolidation.crowd_estimates import CROWD_ESTIMATES
from groundwork.consolidation.majority_vote import most_likely
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_types.task_type import DEFAULT_ALGORITHM

from local.bench.adaptive_run import LEAST, MOST, AdaptiveRun, Answers, shuffled, spread, votes_of
from local.bench.table import Table
from local.bench.vote_data import VoteData, read_vote_data

TARGETS: Sequence[float] = (0.8, 0.9, 0.95, 0.99)
MIN_WORKERS = (1, 2)
SEEDS = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """Means over the orders by lot; accuracies are shares of the known labels that are found."""

    most: float
    """Answers a task with fixed redundancy."""
    used: float
    """Answers a task that were asked for."""
    fixed: float
    """Accuracy with all answers."""
    adaptive: float
    even: float
    """Accuracy with as many answers as were used, spread evenly."""

    @property
    def saved(self) -> float:
        """Share of the answers that nobody was asked for."""
        return 1 - self.used / self.most

    @property
    def lost(self) -> float:
        """By how much the accuracy is above that of all answers; below 0 where it is worse."""
        return self.adaptive - self.fixed


Outcomes = Mapping[tuple[int, float], Outcome]
"""By the least number of workers and the target."""


def measure() -> Sequence[Table]:
    """Replay all data sets of the folder that the environment names."""
    data = read_vote_data()
    with ProcessPoolExecutor() as pool:
        found = {each.name: of_data for each, of_data in zip(data, pool.map(outcomes, data), strict=True)}
    return (*(_by_target(found, least) for least in MIN_WORKERS), _at_equal_accuracy(found))


def outcomes(data: VoteData) -> Outcomes:
    """Replay one data set with each rule."""
    rules = [(least, target) for least in MIN_WORKERS for target in TARGETS]
    figures: dict[tuple[int, float], list[tuple[float, ...]]] = {rule: [] for rule in rules}
    for seed in range(SEEDS):
        answers = shuffled(data, seed)
        everything = [row for found in answers for row in found]
        fixed = accuracy(data, everything)
        for rule in rules:
            used = _run(data, answers, rule, seed)
            even = accuracy(data, spread(answers, len(used), seed))
            sizes = (len(everything) / len(answers), len(used) / len(answers))
            figures[rule].append((*sizes, fixed, accuracy(data, used), even))
    return {rule: Outcome(*np.mean(of_rule, axis=0).tolist()) for rule, of_rule in figures.items()}


def accuracy(data: VoteData, rows: Sequence[int]) -> float:
    """Consolidate some of the answers by the default and tell how many of the known labels are found.

    Tasks without an answer among `rows` don't count.
    """
    table = votes_of(data, rows)
    labels = most_likely(CROWD_ESTIMATES[DEFAULT_ALGORITHM].of(table, data.labels).posterior(table))
    place = np.searchsorted(table.objects, data.judged)
    there = table.objects[np.minimum(place, len(table.objects) - 1)] == data.judged
    return float((labels[place[there]] == data.truth[there]).mean())


def _run(data: VoteData, answers: Answers, rule: tuple[int, float], seed: int) -> list[int]:
    adaptive = AdaptiveRedundancy(min_workers=rule[0], target_confidence=rule[1])
    return AdaptiveRun(data, answers, adaptive, random.Random(seed)).run()


def _by_target(found: Mapping[str, Outcomes], least: int) -> Table:
    rows = []
    for target in TARGETS:
        for name, of_data in found.items():
            rows.append((f"{target:g} {name}", *_cells(of_data[least, target])))
        rows.append((f"{target:g} mean", *_cells(_mean([of_data[least, target] for of_data in found.values()]))))
    return Table(
        f"Adaptive redundancy, {least} to {MOST} workers: answers a task, and share of the known labels found",
        ("target", "all", "asked", "saved", "with all", "adaptive", "points", "evenly", "points"),
        rows,
        (
            f"tasks with {LEAST} answers or more; all: those there are, at most {MOST}; means of {SEEDS} orders by lot",
            "evenly: as many answers as were asked for, spread evenly; points: of adaptive above the column before it",
        ),
    )


def _at_equal_accuracy(found: Mapping[str, Outcomes]) -> Table:
    rows = []
    for name, of_data in found.items():
        cells = []
        for least in MIN_WORKERS:
            for below in (0.0, 0.005):
                reached = {
                    target: of_data[least, target] for target in TARGETS if of_data[least, target].lost >= -below
                }
                best = max(reached, key=lambda target: reached[target].saved, default=None)
                cells.append("-" if best is None else f"{reached[best].saved:.0%} at {best:g}")
        rows.append((name, *cells))
    return Table(
        "Adaptive redundancy: answers saved at equal accuracy",
        ("", *(f"{least} to {MOST}, {words}" for least in MIN_WORKERS for words in ("not below", "within 0.5 points"))),
        rows,
        (
            "at the target that saves most, of those at which accuracy is not below that of all answers, or by no more",
            "than half a point; -: none. Chosen with the truth in view: what could be saved, not what a rule finds",
        ),
    )


def _mean(all_of: Sequence[Outcome]) -> Outcome:
    columns = np.array([(one.most, one.used, one.fixed, one.adaptive, one.even) for one in all_of])
    return Outcome(*columns.mean(axis=0).tolist())


def _cells(outcome: Outcome) -> tuple[str, ...]:
    return (
        f"{outcome.most:.2f}",
        f"{outcome.used:.2f}",
        f"{outcome.saved:.0%}",
        f"{outcome.fixed:.4f}",
        f"{outcome.adaptive:.4f}",
        f"{100 * outcome.lost:+.2f}",
        f"{outcome.even:.4f}",
        f"{100 * (outcome.adaptive - outcome.even):+.2f}",
    )

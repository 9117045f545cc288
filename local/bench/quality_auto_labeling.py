"""What the model labels and how well, beside the loop that Ground Truth documents: `quality-auto-labeling`.

Both loops see the same data, people who are always right, and the same seeds. Human labels can be compared only where
the model's labels are equally good, so the plain loop's own target is raised until they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
from scipy.stats import binom

from local.bench.class_data import ClassData, read_class_data
from local.bench.plain_loop import plain_loop
from local.bench.simulated_job import Outcome, simulate
from local.bench.table import Table

TARGETS = (0.95, 0.99)
SEEDS = int(os.environ.get("BENCH_SEEDS", "5"))
RAISED = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.12, 0.06, 0.0)
"""Errors that the plain loop is allowed, in parts of what the target allows."""
BOUND = 0.99
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One data set and one target."""

    name: str
    target: float
    ours: Sequence[Outcome]
    plain: Sequence[Outcome]
    raised: Sequence[Outcome]
    raised_to: float

    @property
    def fewer(self) -> float:
        """Part of the equally accurate plain loop's human labels that ours saves."""
        return 1 - _mean_human(self.ours) / _mean_human(self.raised)


def measure() -> Sequence[Table]:
    """Compare on all data sets."""
    # One thread a process: each linear algebra library would take all cores for itself.
    os.environ.update({name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")})
    data = read_class_data()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=_keep, initargs=(data,)) as pool:
        run = partial(_outcomes, pool)
        compared = [_compare(run, each, target) for each in data for target in TARGETS]
    return _shares(compared), _labels(compared), _kept(compared)


def _compare(run: Callable[[str, str, float], list[Outcome]], data: ClassData, target: float) -> Compared:
    ours, plain = run("ours", data.name, target), run("plain", data.name, target)
    wanted, low, high = _mean_accuracy(ours), 0, len(RAISED) - 1
    found = {low: plain}
    while low < high:
        middle = (low + high) // 2
        found[middle] = run("plain", data.name, 1 - (1 - target) * RAISED[middle])
        low, high = (low, middle) if _mean_accuracy(found[middle]) >= wanted else (middle + 1, high)
    raised_to = 1 - (1 - target) * RAISED[low]
    return Compared(data.name, target, ours, plain, found.get(low) or run("plain", data.name, raised_to), raised_to)


_DATA: dict[str, ClassData] = {}


def _keep(data: Sequence[ClassData]) -> None:
    _DATA.update({each.name: each for each in data})


def _outcome(loop: str, name: str, target: float, seed: int) -> Outcome:
    return (simulate if loop == "ours" else plain_loop)(_DATA[name], target, seed)


def _outcomes(pool: ProcessPoolExecutor, loop: str, name: str, target: float) -> list[Outcome]:
    return list(pool.map(partial(_outcome, loop, name, target), range(SEEDS)))


def _mean_human(outcomes: Sequence[Outcome]) -> float:
    return float(np.mean([each.human for each in outcomes]))


def _mean_accuracy(outcomes: Sequence[Outcome]) -> float:
    known = [each.accuracy for each in outcomes if each.accuracy is not None]
    return float(np.mean(known)) if known else 1.0


def _shares(compared: Sequence[Compared]) -> Table:
    rows = [
        (f"{each.name} {each.target:.0%}", *_described(each.ours, each.target), *_described(each.plain, each.target))
        for each in compared
    ]
    columns = ("labeled by model", "accuracy", "least", "below target")
    return Table(
        f"Automated labeling: share that the model labels and its true accuracy, {SEEDS} seeds; ours, then plain",
        ("", *columns, *(f"plain: {column}" for column in columns)),
        rows,
        ("least: in the worst run; below target: runs in which the model's labels miss it",),
    )


def _described(outcomes: Sequence[Outcome], target: float) -> tuple[str, ...]:
    known = [each.accuracy for each in outcomes if each.accuracy is not None]
    share = float(np.mean([each.machine / each.objects for each in outcomes]))
    if not known:
        return (f"{share:.1%}", "-", "-", f"0 of {len(outcomes)}")
    missed = sum(each < target for each in known)
    return (f"{share:.1%}", f"{np.mean(known):.2%}", f"{min(known):.2%}", f"{missed} of {len(outcomes)}")


def _labels(compared: Sequence[Compared]) -> Table:
    rows = [
        (
            f"{each.name} {each.target:.0%}",
            f"{each.ours[0].objects:,}",
            f"{_mean_human(each.ours):,.0f}",
            f"{np.mean([run.rounds for run in each.ours]):.0f}",
            f"{each.raised_to:.2%}",
            f"{_mean_accuracy(each.raised):.2%}",
            f"{_mean_human(each.raised):,.0f}",
            f"{each.fewer:+.0%}",
        )
        for each in compared
    ]
    mean = f"{np.mean([each.fewer for each in compared]):+.0%}"
    columns = ("objects", "human labels", "rounds", "plain raised to", "its accuracy", "its human labels", "fewer")
    return Table(
        "Automated labeling: human labels of an equally accurate plain loop, means over the seeds",
        ("", *columns),
        [*rows, ("mean", *["-"] * (len(columns) - 1), mean)],
        ("aim: 20 % fewer in the mean; clouds are generated",),
    )


def _kept(compared: Sequence[Compared]) -> Table:
    def row(name: str, runs: Callable[[Compared], Sequence[Outcome]]) -> tuple[str, ...]:
        accuracies = [(one.accuracy, each.target) for each in compared for one in runs(each)]
        missed = sum(accuracy is not None and accuracy < target for accuracy, target in accuracies)
        tail = float(binom.sf(missed - 1, len(accuracies), 1 - BOUND))
        return (name, f"{len(accuracies)}", f"{missed}", f"{1 - missed / len(accuracies):.1%}", f"{tail:.3f}")

    return Table(
        "Automated labeling: runs whose labels by the model miss the target",
        ("", "runs", "missed", "kept", "probability of so many"),
        [row("ours", lambda each: each.ours), row("plain", lambda each: each.plain)],
        (f"probability: by chance, were the target kept in {BOUND:.0%} of runs; aim: kept in 95 %",),
    )

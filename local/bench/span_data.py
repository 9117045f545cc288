"""Spans that several people marked in the same texts, and the right ones, from files outside the project.

The folder holds `labels.csv` (task, worker, start, end), `truth.csv` (task, start, end; an empty start for a text with
nothing to mark) and `lengths.csv` (task, chars): character offsets, the end exclusive.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from local.bench.bench_data import data_set, rows

NAME = "pico_spans"

Place = tuple[int, int]
"""Start and end of a span."""


@dataclass(frozen=True, slots=True)
class SpanData:
    """Texts by number; a worker is listed with a text when he marked at least one span of it."""

    lengths: Sequence[int]
    marks: Sequence[Mapping[str, Sequence[Place]]]
    truth: Sequence[Sequence[Place]]

    def subset(self, workers: int | None, seed: int) -> SpanData:
        """Keep so many workers of each text, by lot; None keeps all."""
        if workers is None:
            return self
        kept = []
        for number, by_worker in enumerate(self.marks):
            names = sorted(by_worker)
            lot = random.Random(f"{seed}:{number}").sample(names, min(workers, len(names)))
            kept.append({name: by_worker[name] for name in sorted(lot)})
        return replace(self, marks=kept)


def read_span_data() -> SpanData:
    """Read the data set.

    Raises
    ------
    NoDataError
        There is none.
    """
    folder = data_set(NAME, "labels.csv", "truth.csv", "lengths.csv")
    lengths = {row["task"]: int(row["chars"]) for row in rows(folder / "lengths.csv")}
    marks: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    truth: dict[str, list[Place]] = defaultdict(list)
    for row in rows(folder / "labels.csv"):
        marks[row["task"]][row["worker"]].append((int(row["start"]), int(row["end"])))
    for row in rows(folder / "truth.csv"):
        truth[row["task"]] += [(int(row["start"]), int(row["end"]))] if row["start"] else []
    tasks = sorted(truth.keys() & marks.keys())
    return SpanData(
        [lengths[task] for task in tasks], [dict(marks[task]) for task in tasks], [truth[task] for task in tasks]
    )

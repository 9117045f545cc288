"""Answers of one label each by several people, and the true labels of some tasks.

Every data set whose `labels.csv` has the columns task, worker and label, and `truth.csv` task and label, is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from groundwork.consolidation.majority_vote import TIE, most_likely
from groundwork.consolidation.vote_table import Floats, Indices, VoteTable

from local.bench.bench_data import NoDataError, data_root, rows

VOTES = {"task", "worker", "label"}
TRUTH = {"task", "label"}


@dataclass(frozen=True, slots=True)
class VoteData:
    """Tasks, workers and labels are numbered in the order of their names."""

    name: str
    folder: Path
    task_of: Indices
    worker_of: Indices
    label_of: Indices
    workers: tuple[str, ...]
    labels: int
    judged: Indices
    """Task numbers with a known label."""
    truth: Indices
    """The known label of each of those."""

    def table(self) -> VoteTable:
        """Arrange the votes for the algorithms."""
        return VoteTable.from_columns(self.task_of, self.worker_of, self.label_of, self.workers, labels=self.labels)

    def right(self, posterior: Floats) -> Floats:
        """Tell of each judged task whether the most likely label is the true one, as 0 or 1.

        `posterior` has shape (labels, tasks).
        """
        right: Floats = (most_likely(posterior)[self.judged] == self.truth).astype(np.float64)
        return right

    def right_by_lot(self, posterior: Floats) -> Floats:
        """Tell the same, should a lot decide among the labels that are equally likely: between 0 and 1."""
        judged = posterior[:, self.judged]
        tied = judged >= judged.max(axis=0) - TIE
        right: Floats = tied[self.truth, np.arange(len(self.truth))] / tied.sum(axis=0)
        return right


def read_vote_data() -> list[VoteData]:
    """Read all data sets of this kind, in the order of their names.

    Raises
    ------
    NoDataError
        There is none.
    """
    found = [_read(folder) for folder in sorted(data_root().iterdir()) if _is_vote_data(folder)]
    if not found:
        raise NoDataError(f"no folder in {data_root()} has a labels.csv with {', '.join(sorted(VOTES))}")
    return found


def _is_vote_data(folder: Path) -> bool:
    return all(
        (folder / name).is_file() and next(iter(rows(folder / name)), {}).keys() == columns
        for name, columns in (("labels.csv", VOTES), ("truth.csv", TRUTH))
    )


def _read(folder: Path) -> VoteData:
    votes, truth = list(rows(folder / "labels.csv")), list(rows(folder / "truth.csv"))
    task = _numbers(row["task"] for row in votes)
    worker = _numbers(row["worker"] for row in votes)
    label = _numbers(row["label"] for row in (*votes, *truth))
    known = {task[row["task"]]: label[row["label"]] for row in truth if row["task"] in task}
    return VoteData(
        name=folder.name,
        folder=folder,
        task_of=np.array([task[row["task"]] for row in votes]),
        worker_of=np.array([worker[row["worker"]] for row in votes]),
        label_of=np.array([label[row["label"]] for row in votes]),
        workers=tuple(worker),
        labels=len(label),
        judged=np.array(list(known)),
        truth=np.array(list(known.values())),
    )


def _numbers(names: Iterator[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(set(names)))}

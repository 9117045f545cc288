"""Votes of many workers on many data objects as sparse numpy arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VoteTable:
    """One row a vote; objects and workers are numbered in ascending order of their ids.

    A pair is a worker and a label that this worker gave at least once. Everything an algorithm keeps about
    workers is kept by pair, so its size follows the votes and not the number of workers times labels.
    """

    objects: Indices
    """Object id by object number, ascending."""
    workers: tuple[str, ...]
    """Worker id by worker number, ascending."""
    object_of: Indices
    """Object number of each vote."""
    label_of: Indices
    """Label of each vote."""
    pair_of: Indices
    """Pair number of each vote."""
    pair_worker: Indices
    """Worker number of each pair."""
    pair_label: Indices
    """Label of each pair."""

    @classmethod
    def build(cls, votes: Iterable[tuple[int, str, int]], labels: int) -> VoteTable:
        """Arrange votes (object id, worker id, label from 0 to `labels` - 1).

        The rows are sorted, so that the order of `votes` can't move a single bit of what is computed from them.

        Raises
        ------
        ValueError
            A label is outside the range.
        """
        object_ids, worker_of, label_of, workers = _columns(votes)
        if label_of.size and not 0 <= label_of.min() <= label_of.max() < labels:
            raise ValueError(f"a vote must be a label index from 0 to {labels - 1}")
        order = np.lexsort((label_of, worker_of, object_ids))
        objects, object_of = np.unique(object_ids[order], return_inverse=True)
        pairs, pair_of = np.unique(worker_of[order] * labels + label_of[order], return_inverse=True)
        return cls(objects, workers, object_of, label_of[order], pair_of, pairs // labels, pairs % labels)

    def sum_by_object(self, per_vote: Floats) -> Floats:
        """Add up a value of each vote to one for each object."""
        return _sums(self.object_of, per_vote, len(self.objects))

    def sum_by_pair(self, per_vote: Floats) -> Floats:
        """Add up a value of each vote to one for each pair."""
        return _sums(self.pair_of, per_vote, len(self.pair_worker))

    def sum_by_worker(self, per_pair: Floats) -> Floats:
        """Add up a value of each pair to one for each worker."""
        return _sums(self.pair_worker, per_pair, len(self.workers))


def _columns(votes: Iterable[tuple[int, str, int]]) -> tuple[Indices, Indices, Indices, tuple[str, ...]]:
    """Read the votes in one pass, into 8 bytes a value: a job may have millions."""
    objects, seen_as, labels = array("q"), array("q"), array("q")
    seen: dict[str, int] = {}
    for object_id, worker, label in votes:
        objects.append(object_id)
        seen_as.append(seen.setdefault(worker, len(seen)))
        labels.append(label)
    workers = tuple(sorted(seen))
    number = np.empty(len(workers), np.int64)
    number[[seen[worker] for worker in workers]] = np.arange(len(workers))
    return (
        np.array(objects, np.int64),
        number[np.array(seen_as, np.int64)],
        np.array(labels, np.int64),
        workers,
    )


def _sums(groups: Indices, values: Floats, count: int) -> Floats:
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)

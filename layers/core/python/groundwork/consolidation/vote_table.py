"""Votes of many workers on many data objects as sparse numpy arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from groundwork.consolidation.vote_columns import VoteColumns
from groundwork.consolidation.vote_slots import Floats, Indices, VoteSlots

__all__ = ["Floats", "Indices", "VoteTable"]

TABLE = 4
"""Cells of a table of present values, for each value."""


@dataclass(frozen=True)
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
    cell_of: Indices
    """Of each vote, the place of its label and object in an array of shape (labels, objects)."""
    pair_of: Indices
    """Pair number of each vote."""
    pair_worker: Indices
    """Worker number of each pair."""
    pair_label: Indices
    """Label of each pair."""
    known_objects: Indices = field(default_factory=lambda: np.empty(0, np.int64))
    """Numbers of the gold objects, whose label is known."""
    known_labels: Indices = field(default_factory=lambda: np.empty(0, np.int64))
    """Label of each gold object."""

    @classmethod
    def build(
        cls, votes: Iterable[tuple[int, str, int]], labels: int, known: Mapping[int, int] | None = None
    ) -> VoteTable:
        """Arrange votes (object id, worker id, label from 0 to `labels` - 1).

        `known` are labels of gold objects, by object id.

        The rows are sorted, so that the order of `votes` can't move a single bit of what is computed from them.

        Raises
        ------
        ValueError
            A label is outside the range.
        """
        columns = VoteColumns.of(votes)
        workers, worker_of = columns.ranked_workers()
        table = cls.from_columns(columns.object_ids(), worker_of, columns.indices(), workers, labels=labels)
        if not known or not len(table.objects):
            return table
        gold = np.array(sorted(known), np.int64)
        gold = gold[np.isin(gold, table.objects)]
        truth = np.array([known[object_id] for object_id in gold.tolist()], np.int64)
        return replace(table, known_objects=np.searchsorted(table.objects, gold), known_labels=truth)

    @classmethod
    def from_columns(
        cls, object_ids: Indices, worker_of: Indices, label_of: Indices, workers: tuple[str, ...], *, labels: int
    ) -> VoteTable:
        """Arrange votes of which `worker_of` numbers the ascending worker ids `workers`.

        Raises
        ------
        ValueError
            A label is outside the range.
        """
        if label_of.size and not 0 <= label_of.min() <= label_of.max() < labels:
            raise ValueError(f"a vote must be a label index from 0 to {labels - 1}")
        objects, object_of = _ranked(object_ids)
        pairs, pair_of = _ranked(worker_of * labels + label_of)
        pair_worker, pair_label = _parted(pairs, labels)
        cell = object_of * len(pairs) + pair_of
        if (cell[1:] < cell[:-1]).any():
            object_of, pair_of = _parted(_sorted(cell), len(pairs))
            label_of = pair_label.take(pair_of)
        cell_of = label_of * len(objects) + object_of
        return cls(objects, workers, object_of, label_of, cell_of, pair_of, pair_worker, pair_label)

    @cached_property
    def slots(self) -> VoteSlots:
        """Sums over the votes of each object and of each pair."""
        return VoteSlots.build(self.object_of, self.pair_of, len(self.pair_worker))

    def pin(self, shares: Floats) -> Floats:
        """Give each gold object its known label for certain, in place; `shares` has shape (labels, objects)."""
        if len(self.known_objects):
            shares[:, self.known_objects] = 0.0
            shares[self.known_labels, self.known_objects] = 1.0
        return shares

    def rule_out(self, joint: Floats) -> Floats:
        """Leave each gold object no label but the known one, in place: log-likelihoods of shape (labels, objects)."""
        if len(self.known_objects):
            known = joint[self.known_labels, self.known_objects]
            joint[:, self.known_objects] = -np.inf
            joint[self.known_labels, self.known_objects] = known
        return joint

    def sum_by_worker(self, per_pair: Floats) -> Floats:
        """Add up a value of each pair to one for each worker."""
        return _sums(self.pair_worker, per_pair, len(self.workers))


def _ranked(values: Indices) -> tuple[Indices, Indices]:
    """Find the distinct values, ascending, and the place of each value among them.

    A table of what lies between the least and the largest value spares sorting, where it is not much longer.
    """
    least, largest = (int(values.min()), int(values.max())) if values.size else (0, 0)
    if largest - least > TABLE * max(values.size, 1):
        return np.unique(values, return_inverse=True)
    present = np.zeros(largest - least + 1, dtype=np.bool_)
    offsets = values - least
    present[offsets] = True
    found = np.flatnonzero(present)
    if len(found) == len(present):
        return found + least, offsets
    place = np.cumsum(present) - 1
    return found + least, place.take(offsets)


def _sorted(values: Indices) -> Indices:
    """Sort values from 0 on; numpy sorts short numbers in half the time."""
    short = bool(values.size) and values.max() <= np.iinfo(np.int32).max
    return np.sort(values.astype(np.int32)).astype(np.int64) if short else np.sort(values)


def _parted(values: Indices, divisor: int) -> tuple[Indices, Indices]:
    """Divide; numpy's own `divmod` takes five times as long."""
    quotient = values // max(divisor, 1)
    return quotient, values - quotient * divisor


def _sums(groups: Indices, values: Floats, count: int) -> Floats:
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)

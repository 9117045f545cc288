"""The sets of labels that many workers chose on many data objects as sparse numpy arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices, VoteTable


@dataclass(frozen=True, slots=True)
class SetTable:
    """One row a set, and one row a label that was chosen; matrices have one row a label.

    Objects and workers are numbered in ascending order of their ids, and rows are sorted by them, so that the order
    of the answers can't move a single bit of what is computed.
    """

    labels: int
    objects: Indices
    """Object id by object number, ascending."""
    workers: tuple[str, ...]
    """Worker id by worker number, ascending."""
    object_of: Indices
    """Object number of each set."""
    worker_of: Indices
    """Worker number of each set."""
    choice_set: Indices
    """Number of the set that each choice is in."""
    choice_label: Indices
    """Label of each choice."""
    known_objects: Indices
    """Numbers of the gold objects, of which it is known which labels apply."""
    known: Floats
    """1 for each label that applies to a gold object, else 0; shape (labels, gold objects)."""

    @classmethod
    def build(
        cls,
        votes: Iterable[tuple[int, str, Sequence[int]]],
        labels: int,
        known: Mapping[int, Sequence[int]] | None = None,
    ) -> SetTable:
        """Arrange votes (object id, worker id, indices of the chosen labels).

        `known` are the labels that apply to gold objects, by object id; each of them has votes.

        Raises
        ------
        ValueError
            A label is outside the range.
        """
        chosen, sizes = array("q"), array("q")
        rows: list[tuple[int, str, int]] = []
        for object_id, worker, indices in sorted(votes, key=lambda vote: vote[:2]):
            rows.append((object_id, worker, 0))
            sizes.append(len(indices))
            chosen.extend(sorted(indices))
        sets = VoteTable.build(rows, 1)
        choice_label = np.array(chosen, np.int64)
        if choice_label.size and not 0 <= choice_label.min() <= choice_label.max() < labels:
            raise ValueError(f"a vote must hold label indices from 0 to {labels - 1}")
        gold = sorted(known or {})
        applying = np.zeros((labels, len(gold)))
        for number, object_id in enumerate(gold):
            applying[list((known or {})[object_id]), number] = 1.0
        return cls(
            labels=labels,
            objects=sets.objects,
            workers=sets.workers,
            object_of=sets.object_of,
            worker_of=sets.pair_of,
            choice_set=np.repeat(np.arange(len(sizes)), np.array(sizes, np.int64)),
            choice_label=choice_label,
            known_objects=np.searchsorted(sets.objects, np.array(gold, np.int64)),
            known=applying,
        )

    def pin(self, posterior: Floats) -> Floats:
        """Be certain of what is known of gold objects, in place; `posterior` has shape (labels, objects)."""
        posterior[:, self.known_objects] = self.known
        return posterior

    def sum_by_object(self, per_set: Floats) -> Floats:
        """Add up values of each set, shape (labels, workers), to one for each object: shape (labels, objects)."""
        return self._summed(self.object_of, per_set, self.worker_of, len(self.objects))

    def sum_by_worker(self, per_object: Floats) -> Floats:
        """Add up values of each object, shape (labels, objects), to one for each worker: shape (labels, workers)."""
        return self._summed(self.worker_of, per_object, self.object_of, len(self.workers))

    def chosen_by_object(self, per_worker: Floats) -> Floats:
        """Add up values of the workers who chose a label on an object, shape (labels, objects)."""
        return self._chosen(self.object_of, per_worker, self.worker_of, len(self.objects))

    def chosen_by_worker(self, per_object: Floats) -> Floats:
        """Add up values of the objects on which a worker chose a label, shape (labels, workers)."""
        return self._chosen(self.worker_of, per_object, self.object_of, len(self.workers))

    def _summed(self, groups: Indices, values: Floats, of_set: Indices, count: int) -> Floats:
        return np.stack([np.bincount(groups, weights=row[of_set], minlength=count) for row in values])

    def _chosen(self, groups: Indices, values: Floats, of_set: Indices, count: int) -> Floats:
        cells = self.choice_label * count + groups[self.choice_set]
        weights = values[self.choice_label, of_set[self.choice_set]]
        # Without a single choice bincount gives integers.
        sums = np.bincount(cells, weights=weights, minlength=self.labels * count).astype(np.float64, copy=False)
        return sums.reshape(self.labels, count)

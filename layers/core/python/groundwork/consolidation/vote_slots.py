"""The first votes of all objects, then the second ones, and so on: sums over votes as sums of long vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
Value = TypeVar("Value", np.float64, np.complex128)


@dataclass(frozen=True, slots=True)
class VoteSlots:
    """Pairs of votes by slot; objects go by falling number of votes, so that each slot is theirs from the first on."""

    by_votes: Indices
    """Object numbers by falling number of votes."""
    sizes: Indices
    """Number of objects with a vote in each slot; falls."""
    pair_of: Indices
    """Pair of each vote, slot after slot."""
    objects_by_pair: Indices
    """Object number of each vote, pair after pair."""
    first_of_pair: Indices
    """Where each pair's votes begin in `objects_by_pair`."""
    given: Floats
    """Number of votes of each pair."""

    @classmethod
    def build(cls, object_of: Indices, pair_of: Indices, objects: int, pairs: int) -> VoteSlots:
        """Arrange votes that are sorted by object; every object and every pair has one or more."""
        votes = np.bincount(object_of, minlength=objects)
        most = int(votes.max(initial=0))
        by_votes = _stable_order(most - votes, most)
        first = np.cumsum(votes) - votes
        sizes = objects - np.cumsum(np.bincount(votes, minlength=most))[:most]
        ordered = [pair_of[first[by_votes[:size]] + slot] for slot, size in enumerate(sizes)]
        of_pair = np.bincount(pair_of, minlength=pairs)
        return cls(
            by_votes,
            sizes,
            np.concatenate([np.zeros(0, np.int64), *ordered]),
            object_of.take(_stable_order(pair_of, pairs)),
            np.cumsum(of_pair) - of_pair,
            of_pair.astype(np.float64),
        )

    def to_objects(self, per_pair: Floats) -> Floats:
        """Add up, for each object, the values of its votes' pairs, in the order of the votes."""
        return self._to_objects(per_pair)

    def to_pairs(self, per_object: Floats) -> Floats:
        """Add up, for each pair, the values of the objects it was given to."""
        return self._to_pairs(per_object)

    def rows_to_objects(self, rows: Floats) -> Floats:
        """Do `to_objects` with each row: shape (rows, pairs) becomes (rows, objects)."""
        return _two_by_two(self._to_objects, rows, len(self.by_votes))

    def rows_to_pairs(self, rows: Floats) -> Floats:
        """Do `to_pairs` with each row: shape (rows, objects) becomes (rows, pairs)."""
        return _two_by_two(self._to_pairs, rows, len(self.first_of_pair))

    def _to_objects(self, per_pair: NDArray[Value]) -> NDArray[Value]:
        sums = np.zeros(len(self.by_votes), per_pair.dtype)
        for start, size in self._slots():
            sums[:size] += per_pair.take(self.pair_of[start : start + size])
        by_object = np.empty_like(sums)
        by_object[self.by_votes] = sums
        return by_object

    def _to_pairs(self, per_object: NDArray[Value]) -> NDArray[Value]:
        if not len(self.first_of_pair):
            return np.zeros(0, per_object.dtype)
        sums: NDArray[Value] = np.add.reduceat(per_object.take(self.objects_by_pair), self.first_of_pair)
        return sums

    def _slots(self) -> Iterator[tuple[int, int]]:
        start = 0
        for size in self.sizes.tolist():
            yield start, size
            start += size


def _two_by_two(add_up: Callable[[NDArray[np.complex128]], NDArray[np.complex128]], rows: Floats, size: int) -> Floats:
    """Add up two rows at once, as the parts of complex numbers: looking up the places of votes is most of the work."""
    sums = np.empty((len(rows), size))
    for first in range(0, len(rows), 2):
        both = np.zeros(rows.shape[1], np.complex128)
        parts = both.view(np.float64).reshape(-1, 2)
        parts[:, : len(rows) - first] = rows[first : first + 2].T
        found = add_up(both)
        sums[first : first + 2] = found.view(np.float64).reshape(-1, 2)[:, : len(rows) - first].T
    return sums


def _stable_order(values: Indices, largest: int) -> Indices:
    """Sort values from 0 on; numpy sorts numbers of 16 bits in linear time."""
    short = largest <= np.iinfo(np.uint16).max
    return np.argsort(values.astype(np.uint16) if short else values, kind="stable")

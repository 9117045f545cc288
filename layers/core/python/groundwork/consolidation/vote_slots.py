"""The first votes of all objects, then the second ones, and so on: sums over votes as sums of long vectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
SHORT = 2
"""Bytes of a number that numpy sorts by its digits."""
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
    def build(cls, object_of: Indices, pair_of: Indices, pairs: int) -> VoteSlots:
        """Arrange votes that are sorted by object; every object and every pair has one or more."""
        first = np.flatnonzero(np.append(len(object_of) > 0, object_of[1:] != object_of[:-1]))
        votes = np.diff(first, append=len(object_of))
        most = int(votes.max(initial=0))
        by_votes = _stable_order(most - votes, most)
        place = first.take(by_votes)
        sizes = len(votes) - np.cumsum(np.bincount(votes, minlength=most))[:most]
        ordered = [pair_of.take(place[:size] + slot) for slot, size in enumerate(sizes.tolist())]
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
        sums = _two_by_two(self._to_objects, rows, len(self.by_votes))
        if len(rows) % 2:
            sums[-1] = self._to_objects(rows[-1])
        return sums

    def rows_to_pairs(self, rows: Floats) -> Floats:
        """Do `to_pairs` with each row: shape (rows, objects) becomes (rows, pairs)."""
        sums = _two_by_two(self._to_pairs, rows, len(self.first_of_pair))
        if len(rows) % 2:
            sums[-1] = self._to_pairs(rows[-1])
        return sums

    def _to_objects(self, per_pair: NDArray[Value]) -> NDArray[Value]:
        first, *further = self._slots()
        sums = per_pair.take(first)
        for pairs in further:
            sums[: len(pairs)] += per_pair.take(pairs)
        by_object = np.empty_like(sums)
        by_object[self.by_votes] = sums
        return by_object

    def _to_pairs(self, per_object: NDArray[Value]) -> NDArray[Value]:
        if not len(self.first_of_pair):
            return np.zeros(0, per_object.dtype)
        sums: NDArray[Value] = np.add.reduceat(per_object.take(self.objects_by_pair), self.first_of_pair)
        return sums

    def _slots(self) -> list[Indices]:
        """Pairs of the votes of each slot; where there are no votes, there is one slot without any."""
        return np.split(self.pair_of, np.cumsum(self.sizes)[:-1])


def _two_by_two(add_up: Callable[[NDArray[np.complex128]], NDArray[np.complex128]], rows: Floats, size: int) -> Floats:
    """Add up two rows at once, as the parts of complex numbers: looking up the places of votes is most of the work.

    Of an odd number the last one is left to do.
    """
    sums = np.empty((len(rows), size))
    for first in range(0, len(rows) - 1, 2):
        both = np.empty(rows.shape[1], np.complex128)
        both.real, both.imag = rows[first], rows[first + 1]
        found = add_up(both)
        sums[first], sums[first + 1] = found.real, found.imag
    return sums


def _stable_order(values: Indices, largest: int) -> Indices:
    """Sort values from 0 on; numpy sorts short numbers in linear time."""
    short = np.min_scalar_type(largest)
    return np.argsort(values.astype(short) if short.itemsize <= SHORT else values, kind="stable")

"""The first votes of all objects, then the second ones, and so on: sums over votes as sums of long vectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]


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
        )

    def to_objects(self, per_pair: Floats) -> Floats:
        """Add up, for each object, the values of its votes' pairs, in the order of the votes."""
        sums = np.zeros(len(self.by_votes))
        for start, size in self._slots():
            sums[:size] += per_pair.take(self.pair_of[start : start + size])
        by_object = np.empty_like(sums)
        by_object[self.by_votes] = sums
        return by_object

    def to_pairs(self, per_object: Floats) -> Floats:
        """Add up, for each pair, the values of the objects it was given to."""
        if not len(self.first_of_pair):
            return np.zeros(0)
        sums: Floats = np.add.reduceat(per_object.take(self.objects_by_pair), self.first_of_pair)
        return sums

    def _slots(self) -> Iterator[tuple[int, int]]:
        start = 0
        for size in self.sizes.tolist():
            yield start, size
            start += size


def _stable_order(values: Indices, largest: int) -> Indices:
    """Sort values from 0 on; numpy sorts numbers of 16 bits in linear time."""
    short = largest <= np.iinfo(np.uint16).max
    return np.argsort(values.astype(np.uint16) if short else values, kind="stable")

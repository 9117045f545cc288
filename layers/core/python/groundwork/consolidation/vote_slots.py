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
    pairs: int

    @classmethod
    def build(cls, object_of: Indices, pair_of: Indices, objects: int, pairs: int) -> VoteSlots:
        """Arrange votes that are sorted by object; every object has one or more."""
        votes = np.bincount(object_of, minlength=objects)
        by_votes = np.argsort(-votes, kind="stable")
        first = np.cumsum(votes) - votes
        sizes = objects - np.searchsorted(np.sort(votes), np.arange(int(votes.max(initial=0))), side="right")
        ordered = [pair_of[first[by_votes[:size]] + slot] for slot, size in enumerate(sizes)]
        return cls(by_votes, sizes, np.concatenate([np.zeros(0, np.int64), *ordered]), pairs)

    def to_objects(self, per_pair: Floats) -> Floats:
        """Add up, for each object, the values of its votes' pairs, in the order of the votes."""
        sums = np.zeros(len(self.by_votes))
        for start, size in self._slots():
            sums[:size] += per_pair[self.pair_of[start : start + size]]
        by_object = np.empty_like(sums)
        by_object[self.by_votes] = sums
        return by_object

    def to_pairs(self, per_object: Floats) -> Floats:
        """Add up, for each pair, the values of the objects it was given to."""
        ordered = per_object[self.by_votes]
        values = np.empty(len(self.pair_of))
        for start, size in self._slots():
            values[start : start + size] = ordered[:size]
        return np.bincount(self.pair_of, weights=values, minlength=self.pairs).astype(np.float64, copy=False)

    def _slots(self) -> Iterator[tuple[int, int]]:
        start = 0
        for size in self.sizes.tolist():
            yield start, size
            start += size

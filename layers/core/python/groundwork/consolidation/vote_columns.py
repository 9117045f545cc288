"""All votes of a job by column: a job may have ten million, and a tuple each would take a hundred bytes more."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from groundwork.task_types.task_type import GOLD_VOTER, Json, Vote

PAGE = 4_096
"""Votes that are taken apart at once."""


@dataclass(frozen=True, slots=True)
class VoteColumns:
    """Iterates as (object id, worker id, vote), as often as asked."""

    objects: array[int]
    """Object id of each vote."""
    workers: tuple[str, ...]
    """Worker ids in the order they were met."""
    worker_of: array[int]
    """Place in `workers` of each vote's worker."""
    votes: Sequence[Json]

    @classmethod
    def of(cls, votes: Iterable[Vote]) -> VoteColumns:
        """Take votes apart, those that are not yet."""
        if isinstance(votes, VoteColumns):
            return votes
        return cls.read(in_pages(votes))

    @classmethod
    def read(cls, pages: Iterable[Sequence[Vote]]) -> Self:
        """Take votes apart page by page; nothing but the columns is held."""
        objects, worker_of, given = array("q"), array("q"), list[Json]()
        numbers = _Numbers()
        for page in pages:
            if page:
                object_ids, workers, votes = zip(*page, strict=True)
                objects.extend(object_ids)
                worker_of.extend(map(numbers.__getitem__, workers))
                given.extend(votes)
        return cls(objects, tuple(numbers), worker_of, given)

    def __len__(self) -> int:
        """Count the votes."""
        return len(self.votes)

    def __iter__(self) -> Iterator[Vote]:
        """Put the votes together again."""
        for object_id, worker, vote in zip(self.objects, self.worker_of, self.votes, strict=True):
            yield object_id, self.workers[worker], vote

    def distinct(self) -> VoteColumns:
        """Keep the first vote of each worker on each object."""
        place = _numbers(self.objects) * len(self.workers) + _numbers(self.worker_of)
        ordered = np.sort(place)
        if not (ordered[1:] == ordered[:-1]).any():
            return self
        _, first = np.unique(place, return_index=True)
        return self._at(np.sort(first))

    def apart_from_gold(self) -> tuple[VoteColumns, Mapping[int, Json]]:
        """Tell the votes of people from the known answers, by object id."""
        if GOLD_VOTER not in self.workers:
            return self, {}
        gold = _numbers(self.worker_of) == self.workers.index(GOLD_VOTER)
        known = {self.objects[number]: self.votes[number] for number in np.flatnonzero(gold).tolist()}
        return self._at(np.flatnonzero(~gold)), known

    def ranked_workers(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Give the ascending ids of the workers who voted, and the place among them of each vote's worker."""
        seen = _numbers(self.worker_of)
        voted = np.flatnonzero(np.bincount(seen, minlength=len(self.workers))).tolist()
        ascending = sorted(voted, key=self.workers.__getitem__)
        rank = np.zeros(len(self.workers), np.int64)
        rank[ascending] = np.arange(len(ascending))
        return tuple(self.workers[number] for number in ascending), rank[seen]

    def object_ids(self) -> NDArray[np.int64]:
        """View the object id of each vote."""
        return _numbers(self.objects)

    def indices(self) -> NDArray[np.int64]:
        """Read votes that are whole numbers."""
        return np.array(self.votes, np.int64)

    def _at(self, places: NDArray[np.int64]) -> VoteColumns:
        return VoteColumns(
            array("q", _numbers(self.objects)[places].tobytes()),
            self.workers,
            array("q", _numbers(self.worker_of)[places].tobytes()),
            [self.votes[place] for place in places.tolist()],
        )


def in_pages(votes: Iterable[Vote]) -> Iterator[list[Vote]]:
    """Put votes that come one by one together to pages."""
    every = iter(votes)
    return iter(lambda: list(islice(every, PAGE)), [])


class _Numbers(dict[str, int]):
    """Numbers names in the order they are asked for."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, len(self))


def _numbers(column: array[int]) -> NDArray[np.int64]:
    return np.frombuffer(column, np.int64)

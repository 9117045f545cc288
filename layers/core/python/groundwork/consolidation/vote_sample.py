"""A part of a very large job's votes: enough to know its workers, and small enough for one Lambda's memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Sized
from typing import TypeVar

MOST_SPANS = 1_000_000
"""Spans that the workers of a job are estimated from; twice as many take about 1 GB."""

_T = TypeVar("_T", bound=Sized)


def sampled(
    votes: Iterable[tuple[int, str, _T]], most: int = MOST_SPANS, foremost: Collection[int] = ()
) -> Sequence[tuple[int, str, _T]]:
    """Keep all votes on some objects, scattered over the job, with `most` spans together; all if there are no more.

    Which objects these are follows from their ids alone, not from the order of the votes; those of `foremost`, which
    tell more than others, are taken first.
    """
    listed = votes if isinstance(votes, list) else list(votes)
    sizes: Counter[int] = Counter()
    for object_id, _, spans in listed:
        sizes[object_id] += len(spans)
    if sizes.total() <= most:
        return listed
    kept: set[int] = set()
    total = 0
    for object_id in sorted(sizes, key=lambda number: (number not in foremost, scattered(number))):
        total += sizes[object_id]
        if total > most and kept:
            break
        kept.add(object_id)
    return [vote for vote in listed if vote[0] in kept]


def scattered(object_id: int) -> int:
    """Multiply by the golden ratio of 32 bits (Knuth, The Art of Computer Programming 3, 6.4): neighbors part."""
    return object_id * 2_654_435_769 % (1 << 32)

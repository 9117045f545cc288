"""From what is known of a worker to what the next job starts with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from groundwork.team_quality.record import FORGETTING, Confusion, Known

MOST_ANSWERS = 50.0
"""How many answers the earlier ones count for at most. That is enough to know a rate of 0.8 to 0.06; what they say
beyond that is of former data objects, and would take hundreds of new ones to be overruled."""


def prior_counts(known: Known, labels: Sequence[int]) -> tuple[Confusion, ...]:
    """Give the counts that a worker starts the next job with.

    Parameters
    ----------
    known : Known
    labels : Sequence[int]
        The job's index of each label of the record.
    """
    total = sum(count for *_, count in known.counts)
    if not total:
        return ()
    scale = min(FORGETTING, MOST_ANSWERS / total)
    counts = known.counts if _better_than_chance(known.counts) else _regardless_of_truth(known.counts)
    return tuple(
        sorted((labels[truth], labels[given], float(f"{scale * count:.4g}")) for truth, given, count in counts)
    )


def _better_than_chance(counts: Sequence[Confusion]) -> bool:
    """Tell whether a worker is right more often than somebody who gives the same labels without a look."""
    right = sum(count for truth, given, count in counts if truth == given)
    by_chance = sum(count for truth, given, count in _regardless_of_truth(counts) if truth == given)
    return right > by_chance


def _regardless_of_truth(counts: Sequence[Confusion]) -> tuple[Confusion, ...]:
    """Spread the labels that a worker gives over the true labels alike: what is worse is a misunderstanding.

    A worker who was wrong more often than chance would have it may have been told what was meant. To take the opposite
    of what they say for evidence could turn every label of a job around.
    """
    asked: defaultdict[int, float] = defaultdict(float)
    said: defaultdict[int, float] = defaultdict(float)
    for truth, given, count in counts:
        asked[truth] += count
        said[given] += count
    total = sum(asked.values())
    return tuple((truth, given, asked[truth] * said[given] / total) for truth in asked for given in said)

"""Which instances of different workers are the same thing.

The instances of one mask do not overlap, so no two of them can both cover more than half of the same third one: above
an intersection over union of 1/2 every instance has at most one partner in another mask, and matching has no ties to
break (Kirillov et al., Panoptic Segmentation, CVPR 2019, §4.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

LEAST_IOU = 0.5

Member = tuple[int, int]
"""Number of the worker, value of the instance in that worker's mask."""


@dataclass(slots=True)
class Cluster:
    """Instances of different workers that are one thing: the value in the mask of each worker who has it."""

    members: dict[int, int] = field(default_factory=dict)


def match(tuples: NDArray[np.uint8], pixels: NDArray[np.int64]) -> list[Cluster]:
    """Cluster instances by falling overlap, at most one of a worker in each; one that nobody else has stays alone.

    Parameters
    ----------
    tuples : NDArray[np.uint8]
        Shape (combinations, workers): value of the instance, 0 for none.
    pixels : NDArray[np.int64]
        Shape (combinations,).

    Returns
    -------
    list[Cluster]
        In the order of their first member.
    """
    cluster_of = {member: Cluster({member[0]: member[1]}) for member in _instances(tuples)}
    for _, first, second in sorted(_overlaps(tuples, pixels), key=lambda overlap: (-overlap[0], *overlap[1:])):
        one, other = cluster_of[first], cluster_of[second]
        if one is other or one.members.keys() & other.members.keys():
            continue
        one.members |= other.members
        for member in other.members.items():
            cluster_of[member] = one
    distinct = {id(cluster): cluster for _, cluster in sorted(cluster_of.items(), key=lambda pair: pair[0])}
    return list(distinct.values())


def cluster_votes(clusters: Sequence[Cluster], labels: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Say what each worker says of each cluster, shape (clusters, workers).

    `labels` has for each worker the class of each instance, from value 1 on; 0 is for workers who do not have it.
    """
    votes = np.zeros((len(clusters), len(labels)), np.int64)
    for number, cluster in enumerate(clusters):
        for worker, value in cluster.members.items():
            votes[number, worker] = labels[worker][value - 1]
    return votes


def _instances(tuples: NDArray[np.uint8]) -> Iterator[Member]:
    for worker, column in enumerate(tuples.T):
        yield from ((worker, int(value)) for value in np.unique(column[column > 0]))


def _overlaps(tuples: NDArray[np.uint8], pixels: NDArray[np.int64]) -> Iterator[tuple[float, Member, Member]]:
    areas = [np.bincount(column, weights=pixels, minlength=256) for column in tuples.T]
    for first, second in combinations(range(tuples.shape[1]), 2):
        pairs = tuples[:, first].astype(np.int64) * 256 + tuples[:, second]
        shared = np.bincount(pairs, weights=pixels, minlength=1 << 16)
        for pair in np.flatnonzero(shared):
            value, other = divmod(int(pair), 256)
            if value and other:
                iou = shared[pair] / (areas[first][value] + areas[second][other] - shared[pair])
                if iou > LEAST_IOU:
                    yield float(iou), (first, value), (second, other)

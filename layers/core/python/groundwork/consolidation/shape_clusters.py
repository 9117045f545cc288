"""Which shapes of different workers show the same thing: agglomerative clustering with one shape a worker.

Pairs of shapes of different workers with the same label are candidates when their similarity reaches the threshold.
Clusters are joined along the candidates, most similar first, unless a worker would be in it twice or the mean
similarity between the members of both (average linkage; Sokal & Michener 1958) is below the threshold. A thing that a
worker outlined twice therefore never takes both outlines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from groundwork.consolidation.vote_table import Floats, Indices

NEAREST = 5
"""Of each shape only so many of another worker's are looked at: crowded images stay fast."""

Similarities = Callable[[Indices, Indices], Floats]
"""Similarity, 0 to 1, of each shape of the first with each of the second; shape (first, second)."""


def cluster_shapes(
    workers: Sequence[int], labels: Sequence[int], similarities: Similarities, threshold: float
) -> list[list[int]]:
    """Cluster the shapes of one image.

    Parameters
    ----------
    workers, labels : Sequence[int]
        Worker number and class id of each shape; worker numbers below 64.
    similarities : Similarities
    threshold : float

    Returns
    -------
    list[list[int]]
        Ascending shape numbers; clusters in order of their first.
    """
    near = similar_pairs(np.asarray(workers), np.asarray(labels), similarities)
    clusters = [[number] for number in range(len(workers))]
    seen_by = [1 << worker for worker in workers]
    home = list(range(len(workers)))
    for (one, other), similarity in near.items():
        first, second = sorted((home[one], home[other]))
        if similarity < threshold:
            break
        if first == second or seen_by[first] & seen_by[second]:
            continue
        if _linkage(clusters[first], clusters[second], near) < threshold:
            continue
        for member in clusters[second]:
            home[member] = first
        clusters[first] += clusters[second]
        clusters[second] = []
        seen_by[first] |= seen_by[second]
    return [sorted(cluster) for cluster in clusters if cluster]


def similar_pairs(workers: Indices, labels: Indices, similarities: Similarities) -> dict[tuple[int, int], float]:
    """List pairs above similarity 0, most similar first, equally similar ones in order of their numbers."""
    parts: list[tuple[Indices, Indices, Floats]] = []
    for label in np.unique(labels):
        of_worker = [np.flatnonzero((workers == worker) & (labels == label)) for worker in np.unique(workers)]
        for one, other in combinations([shapes for shapes in of_worker if len(shapes)], 2):
            parts.append(_nearest(one, other, similarities(one, other)))
    if not parts:
        return {}
    first, second, similarity = (np.concatenate(column) for column in zip(*parts, strict=True))
    first, second = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((second, first, -similarity))
    pairs = zip(first[order].tolist(), second[order].tolist(), strict=True)
    return dict(zip(pairs, similarity[order].tolist(), strict=True))


def _nearest(one: Indices, other: Indices, similarity: Floats) -> tuple[Indices, Indices, Floats]:
    kept = similarity > 0
    if len(other) > NEAREST:
        kept &= similarity >= np.partition(similarity, -NEAREST, axis=1)[:, [-NEAREST]]
    # As many equally similar ones as there may be: the first of them will do.
    kept &= np.cumsum(kept, axis=1) <= 2 * NEAREST
    rows, columns = np.nonzero(kept)
    return one[rows], other[columns], similarity[rows, columns]


def _linkage(one: list[int], other: list[int], near: dict[tuple[int, int], float]) -> float:
    total = sum(near.get((a, b) if a < b else (b, a), 0.0) for a in one for b in other)
    return total / (len(one) * len(other))

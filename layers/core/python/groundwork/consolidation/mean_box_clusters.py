"""Clusters of boxes by their mean box, and whether there is anything in them (spec: workflows §2.9, steps 1 to 6)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from groundwork.consolidation.boxes import intersection_over_union
from groundwork.consolidation.shape_clusters import similar_pairs
from groundwork.consolidation.vote_table import Floats
from groundwork.job.labeling_job import Frozen
from groundwork.task_types.shape_answer import Shape
from groundwork.task_types.task_type import GOLD_VOTER

THRESHOLD = 0.5
PRIOR_WEIGHT = 4.0
PRIOR_SENSITIVITY = 0.7
PRIOR_FALSE_POSITIVES = 0.1
MOST_ROUNDS = 50
TOLERANCE = 1e-6

Images = dict[int, dict[str, Sequence[Shape]]]
"""Object id → worker id → shapes."""


@dataclass(frozen=True, slots=True)
class BoxCluster:
    """Boxes of different workers with one label."""

    class_id: int
    workers: frozenset[str]
    mean: tuple[float, ...]
    agreement: float
    """Mean IoU of the members with the mean box."""


class Rates(Frozen):
    """How often a worker has a box where there is something, and where there is nothing."""

    sensitivity: float = Field(default=PRIOR_SENSITIVITY, gt=0, lt=1)
    false_positives: float = Field(default=PRIOR_FALSE_POSITIVES, gt=0, lt=1)


class Existence(Frozen):
    """The estimated workers."""

    share: float = Field(default=0.5, gt=0, lt=1, description="Share of clusters that exist")
    workers: dict[str, Rates] = Field(default_factory=dict)

    def probability(self, inside: Collection[str], answered: Iterable[str]) -> float:
        """P(exists) of a cluster with boxes of `inside`, on an image that `answered` answered."""
        odds = math.log(self.share / (1 - self.share))
        for worker in sorted(answered):
            rates = self.workers.get(worker, Rates())
            s, f = rates.sensitivity, rates.false_positives
            odds += math.log(s / f) if worker in inside else math.log((1 - s) / (1 - f))
        return 1 / (1 + math.exp(-odds))


def cluster_boxes(drawings: Mapping[str, Sequence[Shape]]) -> list[BoxCluster]:
    """Merge pairs of boxes by falling IoU while the mean boxes overlap and no worker comes twice."""
    boxes = [
        (worker, class_id, tuple(flat))
        for worker in sorted(drawings)
        for class_id, flat in sorted((class_id, tuple(flat)) for class_id, flat in drawings[worker])
    ]
    if not boxes:
        return []
    coordinates = np.array([flat for _, _, flat in boxes], np.float64)
    number = {worker: place for place, worker in enumerate(sorted(drawings))}
    near = similar_pairs(
        np.array([number[worker] for worker, _, _ in boxes]),
        np.array([class_id for _, class_id, _ in boxes]),
        lambda one, other: intersection_over_union(coordinates[one], coordinates[other]),
    )
    clusters = [[place] for place in range(len(boxes))]
    home = list(range(len(boxes)))
    for (a, b), similarity in near.items():
        first, second = sorted((home[a], home[b]))
        if similarity < THRESHOLD:
            break
        both = clusters[first] + clusters[second]
        if first == second or len({boxes[place][0] for place in both}) < len(both):
            continue
        if _iou(coordinates[clusters[first]].mean(axis=0), coordinates[clusters[second]].mean(axis=0)) < THRESHOLD:
            continue
        for place in clusters[second]:
            home[place] = first
        clusters[first], clusters[second] = both, []
    return [_described([boxes[place] for place in sorted(places)]) for places in clusters if places]


def estimate_existence(images: Images) -> Existence:
    """Estimate workers and clusters together by EM.

    The boxes of `GOLD_VOTER` are what is there: clusters with one of them exist for certain, others of
    that image don't.
    """
    rows: list[tuple[int, str, bool]] = []
    known: dict[int, float] = {}
    clusters = 0
    for object_id in sorted(images):
        people = sorted(images[object_id].keys() - {GOLD_VOTER})
        for cluster in cluster_boxes(images[object_id]):
            rows += [(clusters, worker, worker in cluster.workers) for worker in people]
            if GOLD_VOTER in images[object_id]:
                known[clusters] = float(GOLD_VOTER in cluster.workers)
            clusters += 1
    names = sorted({worker for _, worker, _ in rows})
    number = {name: place for place, name in enumerate(names)}
    cluster_of = np.array([cluster for cluster, _, _ in rows], np.int64)
    worker_of = np.array([number[worker] for _, worker, _ in rows], np.int64)
    yes = np.array([has for _, _, has in rows], np.float64)

    def by_worker(values: Floats) -> Floats:
        return np.bincount(worker_of, weights=values, minlength=len(names)).astype(np.float64, copy=False)

    def by_cluster(values: Floats) -> Floats:
        return np.bincount(cluster_of, weights=values, minlength=clusters).astype(np.float64, copy=False)

    def pin(values: Floats) -> Floats:
        values[list(known)] = list(known.values())
        return values

    exists = pin(by_cluster(yes) / by_cluster(np.ones(len(yes))))
    share, s, f = 0.5, np.empty(0), np.empty(0)
    for _ in range(MOST_ROUNDS):
        real = exists[cluster_of]
        s = (PRIOR_WEIGHT * PRIOR_SENSITIVITY + by_worker(real * yes)) / (PRIOR_WEIGHT + by_worker(real))
        f = (PRIOR_WEIGHT * PRIOR_FALSE_POSITIVES + by_worker((1 - real) * yes)) / (PRIOR_WEIGHT + by_worker(1 - real))
        share = (1 + exists.sum()) / (2 + clusters)
        evidence = np.where(yes > 0, np.log(s / f)[worker_of], np.log((1 - s) / (1 - f))[worker_of])
        before, exists = exists, pin(1 / (1 + np.exp(-np.log(share / (1 - share)) - by_cluster(evidence))))
        if np.abs(exists - before).max(initial=0.0) < TOLERANCE:
            break
    rates = {
        name: Rates(sensitivity=float(f"{s[place]:.12g}"), false_positives=float(f"{f[place]:.12g}"))
        for place, name in enumerate(names)
    }
    return Existence(share=float(share), workers=rates)


def _described(members: Sequence[tuple[str, int, tuple[float, ...]]]) -> BoxCluster:
    boxes = np.array([flat for _, _, flat in members], np.float64)
    mean = boxes.mean(axis=0)
    agreement = float(intersection_over_union(boxes, mean[np.newaxis]).mean())
    workers = frozenset(worker for worker, _, _ in members)
    return BoxCluster(members[0][1], workers, tuple(float(number) for number in mean), agreement)


def _iou(one: Floats, other: Floats) -> float:
    return float(intersection_over_union(one[np.newaxis], other[np.newaxis])[0, 0])

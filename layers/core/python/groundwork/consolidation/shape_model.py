"""From the shapes of several workers to merged ones: one image, and the workers over all images of a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from groundwork.consolidation.shape_clusters import cluster_shapes
from groundwork.consolidation.shape_kind import Coordinates, ShapeKind
from groundwork.consolidation.vote_table import Floats, Indices
from groundwork.consolidation.worker_detection import (
    PRIOR_WEIGHT,
    Detection,
    DetectionTable,
    WorkerDetection,
    WorkerDetections,
    detect,
    probability_of_existing,
    to_workers,
)
from groundwork.task_types.shape_answer import Shape
from groundwork.task_types.shape_form import Size
from groundwork.task_types.task_type import GOLD_VOTER

NOISE_ROUNDS = 3
LEAST_FREE = 1e-3
"""Degrees of freedom below it tell nothing: the member is as good as alone."""


@dataclass(frozen=True, slots=True)
class Member:
    """A shape in a cluster."""

    worker: str
    coordinates: Coordinates


@dataclass(frozen=True, slots=True)
class Cluster:
    """Shapes of different workers that show one thing, in order of the workers' ids."""

    class_id: int
    members: tuple[Member, ...]
    """May be empty where `known` is given: nobody found it."""
    known: Coordinates | None = None
    """The shape as it is known, on a gold image."""

    @property
    def stack(self) -> list[Coordinates]:
        """The members' coordinates."""
        return [member.coordinates for member in self.members]


@dataclass(frozen=True, slots=True)
class ClusteredImage:
    """What all workers drew on one image."""

    workers: tuple[str, ...]
    """Everybody who answered, in ascending order, with shapes or without."""
    clusters: tuple[Cluster, ...]
    scale: float
    gold: bool = False
    """Whether all that is there is known: clusters without a known shape show nothing."""


@dataclass(frozen=True, slots=True)
class MergedShape:
    """One consolidated shape."""

    class_id: int
    coordinates: Coordinates
    exists: float
    agreement: float
    """Mean similarity of the members with the merged shape."""
    members: int


def cluster_image(drawings: Mapping[str, Sequence[Shape]], size: Size, kind: ShapeKind) -> ClusteredImage:
    """Cluster the shapes of each worker; the order of workers and of shapes does not matter.

    What `GOLD_VOTER` drew is what is there. It is clustered as the shapes of a worker are, but is nobody's vote.
    """
    workers = tuple(sorted(drawings))
    shapes = [
        (number, class_id, np.array(coordinates, np.float64))
        for number, worker in enumerate(workers)
        for class_id, coordinates in sorted((class_id, tuple(flat)) for class_id, flat in drawings[worker])
    ]
    scale = kind.scale([[flat for owner, _, flat in shapes if owner == number] for number in range(len(workers))], size)

    def similarities(one: Indices, other: Indices) -> Floats:
        return kind.similarities([shapes[i][2] for i in one], [shapes[i][2] for i in other], scale)

    found = cluster_shapes(
        [owner for owner, _, _ in shapes], [class_id for _, class_id, _ in shapes], similarities, kind.threshold
    )
    members = [[Member(workers[shapes[i][0]], shapes[i][2]) for i in numbers] for numbers in found]
    clusters = tuple(_cluster(shapes[numbers[0]][1], inside) for numbers, inside in zip(found, members, strict=True))
    people = tuple(worker for worker in workers if worker != GOLD_VOTER)
    return ClusteredImage(people, clusters, scale, gold=len(people) < len(workers))


def _cluster(class_id: int, inside: Sequence[Member]) -> Cluster:
    known = next((member.coordinates for member in inside if member.worker == GOLD_VOTER), None)
    return Cluster(class_id, tuple(member for member in inside if member.worker != GOLD_VOTER), known)


def merge_image(image: ClusteredImage, known: Mapping[str, WorkerDetection], kind: ShapeKind) -> list[MergedShape]:
    """Merge every cluster of an image; which of them are good enough is for the caller to say."""
    unknown = WorkerDetection.unknown(kind.typical_error)
    workers = {worker: known.get(worker, unknown) for worker in image.workers}
    merged: list[MergedShape] = []
    for cluster in image.clusters:
        inside = {member.worker for member in cluster.members}
        exists = probability_of_existing(
            [workers[worker].wrong for worker in inside],
            [worker.wrong for name, worker in workers.items() if name not in inside],
        )
        sigmas = np.array([workers[member.worker].noise for member in cluster.members])
        shape = kind.merge(cluster.stack, sigmas, image.scale)
        agreement = float(kind.similarities(cluster.stack, [shape], image.scale).mean())
        merged.append(MergedShape(cluster.class_id, shape, exists, agreement, len(cluster.members)))
    return merged


def estimate_workers(images: Sequence[ClusteredImage], kind: ShapeKind) -> WorkerDetections:
    """Estimate every worker over the images, which must come in an order of their own."""
    names = sorted({worker for image in images for worker in image.workers})
    number = {name: place for place, name in enumerate(names)}
    detection = detect(_table(images, number))
    noise = _noise(images, detection, number, kind)
    return WorkerDetections(workers=dict(to_workers(names, detection, noise)), objects=len(images))


def _table(images: Sequence[ClusteredImage], number: Mapping[str, int]) -> DetectionTable:
    rows: list[tuple[int, int, bool]] = []
    known: dict[int, float] = {}
    clusters = 0
    for image in images:
        for cluster in image.clusters:
            inside = {member.worker for member in cluster.members}
            rows += [(clusters, number[worker], worker in inside) for worker in image.workers]
            if image.gold:
                known[clusters] = float(cluster.known is not None)
            clusters += 1
    columns = np.array(rows, np.int64).reshape(-1, 3)
    yes = columns[:, 2].astype(np.float64)
    return DetectionTable(columns[:, 0], columns[:, 1], yes, clusters, len(number), known)


def _noise(
    images: Sequence[ClusteredImage], detection: Detection, number: Mapping[str, int], kind: ShapeKind
) -> Floats:
    variance = np.full(len(number), kind.typical_error**2)
    for _ in range(NOISE_ROUNDS):
        squares = np.full(len(number), PRIOR_WEIGHT * kind.typical_error**2)
        free = np.full(len(number), PRIOR_WEIGHT)
        exists = iter(detection.exists)
        for image in images:
            for cluster in image.clusters:
                certainty = next(exists)
                who = np.array([number[member.worker] for member in cluster.members], np.int64)
                if cluster.known is not None and len(who):
                    squares[who] += kind.errors(cluster.stack, cluster.known, image.scale) ** 2
                    free[who] += 1
                if image.gold or len(who) < 2:
                    continue
                errors = kind.errors(
                    cluster.stack, kind.merge(cluster.stack, np.sqrt(variance[who]), image.scale), image.scale
                )
                pull = (1 / variance[who]) / (1 / variance[who]).sum()
                squares[who] += certainty * errors**2
                free[who] += certainty * np.maximum(1 - pull, LEAST_FREE)
        variance = squares / free
    deviation: Floats = np.sqrt(variance)
    return deviation

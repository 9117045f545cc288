"""What a job tells about its workers: how often each calls what is of class k class l, 0 being nothing marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import Field

from groundwork.consolidation.truncated_dawid_skene import NOBODY, UNKNOWN, Rows, confusion, truncated_dawid_skene
from groundwork.consolidation.vote_table import Floats, Indices
from groundwork.job.labeling_job import Frozen

DIAGONAL = 0.7
"""a0: how often a worker of whom nothing is known is right (spec: workflows §2.6)."""
LABEL_STRENGTH = 1.0
"""Gamma: images added to each class's share (spec: workflows §2.6)."""
STRENGTH = 4.0
"""λ: how many images that prior is worth, for each true class."""
SMALLEST_COUNT = 1e-3
"""Expected counts below a thousandth of an image are left out: the prior outweighs them."""
MOST_PARAMETERS = 1 << 23
"""Entries of all workers' matrices, 64 MB an array. A job beyond it (such as 128 workers with 255 labels) does without
a common estimate: each image then speaks for itself."""

Confusion = tuple[int, int, float]
"""True class, given class, expected number of images."""
Tuples = Indices
"""Shape (combinations, workers)."""


@dataclass(frozen=True, slots=True)
class VotedImage:
    """The combinations of votes on one image, and who gave them."""

    workers: tuple[str, ...]
    tuples: Tuples
    """Without the one in which nobody marks anything."""
    weight: Floats
    """Of each combination."""
    unseen: float
    """Weight of what nobody marked."""
    known: Indices | None = None
    """Shape (combinations,): the true class of each, on a gold image. What nobody marked is of class 0 there."""


class ConfusionQuality(Frozen):
    """`.groundwork/worker-quality.json` of masks."""

    prior: tuple[float, ...] = Field(description="Share of each class, 0 first, in what could be marked")
    workers: dict[str, tuple[Confusion, ...]] = Field(description="Expected counts by worker id")
    images: int = Field(ge=0, description="Images the estimate rests on")
    answers: dict[str, int] = Field(default_factory=dict, description="How many of them each worker answered")

    @classmethod
    def nothing_known(cls, classes: int) -> ConfusionQuality:
        """Know nobody."""
        return cls(prior=tuple([1 / classes] * classes), workers={}, images=0)

    @classmethod
    def estimate(cls, images: Sequence[VotedImage], classes: int) -> ConfusionQuality:
        """Estimate workers over all images; each weighs as much as any other, however large it is."""
        telling = [image for image in images if _tells(image)]
        workers = sorted({worker for image in telling for worker in image.workers})
        if not telling or len(workers) * classes * classes > MOST_PARAMETERS:
            return cls.nothing_known(classes)
        rows = rows_of(telling, {worker: number for number, worker in enumerate(workers)})
        pseudo = np.broadcast_to(STRENGTH * leaning(classes), (len(workers), classes, classes))
        found = truncated_dawid_skene(rows, pseudo, LABEL_STRENGTH)
        return cls(
            prior=tuple(float(share) for share in found.prior),
            workers={worker: _sparse(counts) for worker, counts in zip(workers, found.counts, strict=True)},
            images=len(telling),
            answers=dict(sorted(Counter(worker for image in telling for worker in image.workers).items())),
        )

    def to_json(self) -> dict[str, Any]:
        """Write as what `json.dumps` takes."""
        return self.model_dump(mode="json")

    def matrices(self, workers: Sequence[str], classes: Sequence[int]) -> Floats:
        """How likely each worker says l where k is true, among some of the classes.

        Returns
        -------
        Floats
            Shape (workers, classes, classes); a worker never seen gets the prior.
        """
        place = {label: number for number, label in enumerate(classes)}
        counts = np.zeros((len(workers), len(classes), len(classes)))
        for number, worker in enumerate(workers):
            for truth, given, count in self.workers.get(worker, ()):
                if truth in place and given in place:
                    counts[number, place[truth], place[given]] = count
        return confusion(counts + STRENGTH * leaning(len(classes)))

    def shares(self, classes: Sequence[int]) -> Floats:
        """π among some of the classes."""
        shares = np.array([self.prior[label] for label in classes])
        total: Floats = shares / shares.sum()
        return total


def leaning(classes: int) -> Floats:
    """Make A, the matrix of a worker of whom nothing is known (spec: workflows §2.6)."""
    if classes == 1:
        return np.ones((1, 1))
    matrix = np.full((classes, classes), (1 - DIAGONAL) / (classes - 1))
    np.fill_diagonal(matrix, DIAGONAL)
    return matrix


def fit_image(image: VotedImage, pseudo: Floats) -> Floats:
    """Fit workers to one image alone.

    Parameters
    ----------
    image : VotedImage
        Weights in pixels.
    pseudo : Floats
        Shape (workers, classes, classes): prior counts in parts of the image's marked pixels.

    Returns
    -------
    Floats
        Probability of each class for each combination, shape (combinations, classes).
    """
    rows = rows_of([image], {worker: number for number, worker in enumerate(image.workers)})
    # Gamma is one pixel (spec: workflows §2.10 with §2.6): an image is many pixels, but weighs 1 here.
    return truncated_dawid_skene(rows, pseudo, 1 / float(image.weight.sum())).posterior[:-1]


def rows_of(images: Sequence[VotedImage], number: Mapping[str, int]) -> Rows:
    """Put the combinations of all images under each other, each image's unseen one last; weights add up to 1 each."""
    places = max(len(image.workers) for image in images)
    given, worker, weight, unseen, most, known = [], [], [], [], [], []
    count = 0
    for image in images:
        size = len(image.tuples) + 1
        votes, voters = np.zeros((size, places), np.int64), np.full((size, places), NOBODY, np.int64)
        votes[:-1, : len(image.workers)] = image.tuples
        voters[:, : len(image.workers)] = [number[name] for name in image.workers]
        total = image.weight.sum()
        given.append(votes)
        worker.append(voters)
        weight.append(np.append(image.weight / total, 0.0))
        count += size
        unseen.append(count - 1)
        most.append(image.unseen / total)
        known.append(np.full(size, UNKNOWN, np.int64) if image.known is None else np.append(image.known, 0))
    return Rows(
        given=np.concatenate(given),
        worker=np.concatenate(worker),
        weight=np.concatenate(weight),
        unseen=np.array(unseen, np.int64),
        seen=np.ones(len(images)),
        most_unseen=np.array(most),
        known=np.concatenate(known) if any(image.known is not None for image in images) else None,
    )


def _tells(image: VotedImage) -> bool:
    """Whether an image tells anything of its workers: one alone is compared with nobody."""
    return len(image.tuples) > 0 and (len(image.workers) > 1 or image.known is not None)


def _sparse(counts: Floats) -> tuple[Confusion, ...]:
    return tuple(
        (int(truth), int(given), float(f"{counts[truth, given]:.6g}"))
        for truth, given in np.argwhere(counts >= SMALLEST_COUNT)
    )

"""The things in an image: from overlaid masks of instances to one mask (see `instance_mask`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.confusion_quality import ConfusionQuality, VotedImage
from groundwork.consolidation.instance_match import cluster_votes, match
from groundwork.consolidation.instance_shape import Shape, extents, shape_of
from groundwork.consolidation.mask_grid import MaskGrid, alike
from groundwork.consolidation.mask_image import Mask
from groundwork.consolidation.mask_smoothing import TIE
from groundwork.consolidation.truncated_dawid_skene import Rows, weigh
from groundwork.consolidation.vote_map import VoteMap
from groundwork.consolidation.vote_table import Floats
from groundwork.task_types.mask_answer import MOST_VALUES
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class Instance:
    """A thing that is there."""

    label: int
    """Class, from 1."""
    probability: float
    """That it is there and has this label, times how sure its pixels are."""
    shape: Shape


def find_instances(
    votes: VoteMap, workers: Sequence[str], classes: Sequence[Sequence[int]], estimate: Json
) -> list[Instance]:
    """Keep of what anybody found what is more likely there than not.

    Parameters
    ----------
    votes : VoteMap
        Masks of instances, one column a worker.
    workers : Sequence[str]
    classes : Sequence[Sequence[int]]
        For each worker the class of each instance, from value 1 on.
    estimate : Json
        A `ConfusionQuality`, or nothing.
    """
    pixels = votes.histogram()
    clusters = match(votes.tuples, pixels)
    if not clusters:
        return []
    said = cluster_votes(clusters, classes)
    present = [0, *(int(label) for label in np.unique(said[said > 0]))]
    posterior = _posterior(np.searchsorted(present, said), workers, present, estimate)
    around = extents(votes)
    instances = []
    for cluster, probabilities in zip(clusters, posterior, strict=True):
        # A single worker is believed: there is nobody to say that the thing is not there.
        if probabilities[0] < 0.5 - TIE or len(workers) == 1:
            best = 1 + int(np.argmax(probabilities[1:] >= probabilities[1:].max() - TIE))
            shape = shape_of(cluster, votes, pixels, around)
            instances.append(Instance(present[best], float(probabilities[best]) * shape.certainty, shape))
    return instances


def painted(instances: Sequence[Instance], size: tuple[int, ...]) -> tuple[Mask, list[Instance]]:
    """Paint instances over each other, the surest last, and number those that can be seen.

    Returns
    -------
    tuple[Mask, list[Instance]]
        Value n of the mask is the n-th instance, from 1: ordered by label, then by the first pixel.
    """
    surest = sorted(instances, key=lambda instance: (-instance.probability, instance.label, _place(instance.shape)))
    kept = surest[:MOST_VALUES]
    mask = np.zeros(size, np.uint8)
    for number in range(len(kept), 0, -1):
        shape = kept[number - 1].shape
        mask[shape.rows, shape.columns][shape.inside] = number
    numbers, first = np.unique(mask, return_index=True)
    seen = sorted(
        (kept[number - 1].label, place, number)
        for number, place in zip(numbers.tolist(), first.tolist(), strict=True)
        if number
    )
    renumbered = np.zeros(MOST_VALUES + 1, np.uint8)
    for position, (_, _, number) in enumerate(seen, start=1):
        renumbered[number] = position
    return renumbered[mask], [kept[number - 1] for _, _, number in seen]


def voted_things(votes: Mapping[str, Json], known: Json | None = None) -> VotedImage:
    """Match the instances of one image's grids: what each worker says of each thing.

    Of a gold image `known` is the grid of what is there; a thing that it does not have is none.
    """
    workers = tuple(sorted(votes))
    given = [votes[worker] for worker in workers] + ([] if known is None else [known])
    laid = VoteMap.of(alike([MaskGrid.model_validate(vote["grid"]) for vote in given]))
    clusters = match(laid.tuples, laid.histogram())
    said = cluster_votes(clusters, [vote["classes"] for vote in given])
    tuples, counts = np.unique(said, axis=0, return_counts=True)
    # How many things are there that nobody found is not known, and not bounded by anything.
    truth = None if known is None else tuples[:, -1]
    return VotedImage(workers, tuples[:, : len(workers)], counts.astype(float), float("inf"), truth)


def _posterior(said: NDArray[np.int64], workers: Sequence[str], classes: Sequence[int], estimate: Json) -> Floats:
    quality = (
        ConfusionQuality.model_validate(estimate) if estimate else ConfusionQuality.nothing_known(max(classes) + 1)
    )
    rows = Rows(
        given=said,
        worker=np.tile(np.arange(len(workers)), (len(said), 1)),
        weight=np.ones(len(said)),
        unseen=np.zeros(0, np.int64),
        seen=np.zeros(0),
        most_unseen=np.zeros(0),
    )
    return weigh(rows, quality.matrices(workers, classes), quality.shares(classes))[0]


def _place(shape: Shape) -> tuple[int, int]:
    return shape.rows.start, shape.columns.start

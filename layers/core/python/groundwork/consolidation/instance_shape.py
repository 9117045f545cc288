"""The pixels of one thing, from the masks of those who have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.confusion_quality import ConfusionQuality, VotedImage, fit_image
from groundwork.consolidation.instance_match import Cluster
from groundwork.consolidation.mask_smoothing import SWEEPS, smooth
from groundwork.consolidation.semantic_mask_model import LAMBDA
from groundwork.consolidation.vote_map import VoteMap
from groundwork.consolidation.vote_table import Floats

Extents = NDArray[np.int64]
"""Shape (combinations, 4): first row, row after the last, first column, column after the last."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of the image and which of its pixels belong to the thing."""

    rows: slice
    columns: slice
    inside: NDArray[np.bool_]
    certainty: float


def extents(votes: VoteMap) -> Extents:
    """Find the rectangle around the pixels of each combination."""
    found = np.empty((len(votes.tuples), 4), np.int64)
    for side, lines in enumerate((votes.codes, votes.codes.T)):
        first, last = np.full(len(found), -1, np.int64), np.zeros(len(found), np.int64)
        for number, line in enumerate(lines):
            present = np.flatnonzero(np.bincount(line, minlength=len(found)))
            first[present[first[present] < 0]] = number
            last[present] = number + 1
        found[:, 2 * side], found[:, 2 * side + 1] = first, last
    return found


def shape_of(cluster: Cluster, votes: VoteMap, pixels: NDArray[np.int64], around: Extents) -> Shape:
    """Fuse the masks of a cluster's members pixel by pixel; a single one is taken as it was drawn."""
    workers = sorted(cluster.members)
    marked = np.column_stack([votes.tuples[:, worker] == cluster.members[worker] for worker in workers])
    combined, local = np.unique(marked, axis=0, return_inverse=True)
    if combined[0].any():  # the members cover the whole image
        combined, local = np.concatenate([np.zeros((1, len(workers)), np.bool_), combined]), local + 1
    counts = np.bincount(local, weights=pixels, minlength=len(combined)).astype(np.float64)
    sweeps = SWEEPS if len(workers) > 1 else 0
    rows, columns = _rectangle(around[local > 0], votes.codes.shape, sweeps)
    codes = local.astype(np.int32)[votes.codes[rows, columns]]
    decided = smooth(codes, _posterior(combined, counts), sweeps=sweeps)
    return Shape(rows, columns, decided.mask > 0, decided.certainty)


def _posterior(combined: NDArray[np.bool_], counts: Floats) -> Floats:
    names = tuple(map(str, range(combined.shape[1])))
    image = VotedImage(names, combined[1:].astype(np.int64), counts[1:], float(counts[0]))
    posterior = np.zeros((len(combined), 2))
    posterior[0, 0] = 1.0
    posterior[1:] = fit_image(image, LAMBDA * ConfusionQuality.nothing_known(2).matrices(names, (0, 1)))
    return posterior


def _rectangle(around: Extents, shape: tuple[int, ...], margin: int) -> tuple[slice, slice]:
    top, left = (max(0, int(around[:, side].min()) - margin) for side in (0, 2))
    bottom, right = (min(most, int(around[:, side].max()) + margin) for side, most in zip((1, 3), shape, strict=True))
    return slice(top, bottom), slice(left, right)

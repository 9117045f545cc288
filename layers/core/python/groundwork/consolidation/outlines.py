"""The outline or path between several: the most central one, each vertex moved to where the others have it.

Averaging needs to know which places of two outlines belong together. The reference is the member that is most similar
to all others. A vertex of it belongs to the vertex of the other outline when each is the other's nearest and both are
close, so that corners are averaged with corners, and to the nearest place on the other outline otherwise. The robust
mean of these places is the merged vertex. Should the result resemble the members less than the reference does, the
reference stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from groundwork.consolidation.huber import robust_mean
from groundwork.consolidation.vote_table import Floats

CLOSE = 0.1
"""Corners belong together up to this distance, relative to the extent."""

Similarity = Callable[[Floats, Floats], float]


def merge_outlines(
    outlines: Sequence[Floats], sigmas: Floats, extent: float, similarity: Similarity, *, closed: bool
) -> Floats:
    """Merge outlines (`closed`) or paths.

    Parameters
    ----------
    outlines : Sequence[Floats]
        Vertices in pixels, shape (n, 2) each.
    sigmas : Floats
        Usual error of each worker, in pixels.
    extent : float
        Size of the thing in pixels.
    similarity : Similarity
        Of two of them, 0 to 1.

    Returns
    -------
    Floats
        Shape (n, 2), with as many vertices as the reference.
    """
    if len(outlines) == 1:
        return outlines[0]
    weights = 1 / sigmas**2
    alike = np.eye(len(outlines))
    for one in range(len(outlines)):
        for other in range(one):
            alike[one, other] = alike[other, one] = similarity(outlines[one], outlines[other])
    central = alike @ weights
    chosen = int(np.argmax(central >= central.max() - 1e-9))
    reference = outlines[chosen]
    places = np.stack(
        [
            outline if number == chosen else _corresponding(reference, outline, CLOSE * extent, closed)
            for number, outline in enumerate(outlines)
        ]
    )
    merged = robust_mean(places, sigmas[:, np.newaxis, np.newaxis], joint=True)
    agreement = float(np.dot(weights, [similarity(outline, merged) for outline in outlines]))
    return merged if agreement >= central[chosen] - 1e-9 else reference


def nearest_places(points: Floats, path: Floats) -> tuple[Floats, Floats]:
    """Find for each point the nearest place on a path of at least two vertices: places (n, 2) and distances (n,)."""
    starts, steps = path[:-1], np.diff(path, axis=0)
    squares = (steps**2).sum(axis=1)
    along = ((points[:, np.newaxis] - starts) * steps).sum(axis=2) / np.where(squares > 0, squares, 1)
    places = starts + np.clip(along, 0, 1)[..., np.newaxis] * steps
    between = points[:, np.newaxis] - places
    squared = np.einsum("pek,pek->pe", between, between)
    best = squared.argmin(axis=1)
    rows = np.arange(len(points))
    return places[rows, best], np.sqrt(squared[rows, best])


def aligned(path: Floats, reference: Floats) -> Floats:
    """Turn a path round when its ends then lie nearer to those of the reference."""
    ends, reference_ends = path[[0, -1]], reference[[0, -1]]
    as_it_is = np.linalg.norm(ends - reference_ends, axis=1).sum()
    turned = np.linalg.norm(ends[::-1] - reference_ends, axis=1).sum()
    return path[::-1] if turned < as_it_is else path


def _corresponding(reference: Floats, other: Floats, close: float, closed: bool) -> Floats:
    """Find the place on `other` that belongs to each vertex of `reference`."""
    other = other if closed else aligned(other, reference)
    places, _ = nearest_places(reference, np.concatenate([other, other[:1]]) if closed else other)
    between = np.linalg.norm(reference[:, np.newaxis] - other, axis=2)
    nearest = between.argmin(axis=1)
    rows = np.arange(len(reference))
    corner = (between.argmin(axis=0)[nearest] == rows) & (between[rows, nearest] <= close)
    found = np.where(corner[:, np.newaxis], other[nearest], places)
    if not closed:
        found[[0, -1]] = other[[0, -1]]
    return found

"""Each pixel decided together with its neighbors: a Potts prior by mean field (spec: workflows §2.10).

    log q_x(k) = log p_x(k) + β Σ_{y in N8(x)} q_y(k) - log Z_x,  starting from q = p

What lies beyond the edge of the image is taken to be as its nearest pixel. After s sweeps a pixel depends on nothing
further than s pixels away, so an image is worked on in tiles that overlap by that much: the result is the same
whatever the tiles, and an image of 12 megapixels needs no more working memory than one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.mask_image import Mask
from groundwork.consolidation.vote_table import Floats

BETA = 0.5
"""How much a neighbor counts."""
SWEEPS = 5
TILE = 256
"""Side of a tile in pixels; with its surroundings it fits a processor's cache for a few classes."""
CERTAIN = 1e-9
"""Probabilities are kept at least this far from 0, so that logarithms are finite."""
NEGLIGIBLE = 1e-6
"""A class that nowhere in a tile is more probable can't win there: neighbors add at most 8 β times that to it."""
TIE = 1e-6
"""Values this close to the largest tie with it, and the lowest class wins."""

Codes = NDArray[np.int32]
Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decided:
    """The class of each pixel, by row of `posterior`'s classes, and how sure that is."""

    mask: Mask
    certainty: float
    """Mean probability of the chosen class over the pixels that somebody marked; 1 where nobody marked any."""


def smooth(codes: Codes, posterior: Floats, *, sweeps: int = SWEEPS) -> Decided:
    """Choose the class of each pixel.

    Parameters
    ----------
    codes : Codes
        Shape (height, width): the row of `posterior` of each pixel; row 0 is what nobody marked.
    posterior : Floats
        Shape (rows, classes), at most 256 classes.
    sweeps : int
        0 decides each pixel by itself.
    """
    mask = np.zeros(codes.shape, np.uint8)
    total, marked = 0.0, 0
    uniform: dict[int, tuple[int, float]] = {}
    for rows, columns in _tiles(*codes.shape):
        area = _surroundings(codes, rows, columns, sweeps)
        first = int(area[0, 0])
        if (area == first).all():
            if first not in uniform:
                chosen, sure = _decide(area[: 2 * sweeps + 1, : 2 * sweeps + 1], posterior, sweeps)
                uniform[first] = int(chosen[0, 0]), float(sure[0, 0])
            mask[rows, columns] = uniform[first][0]
            count = (rows.stop - rows.start) * (columns.stop - columns.start) if first else 0
            total, marked = total + uniform[first][1] * count, marked + count
            continue
        chosen, sure = _decide(area, posterior, sweeps)
        mask[rows, columns] = chosen
        seen = codes[rows, columns] != 0
        total, marked = total + float(sure[seen].sum(dtype=np.float64)), marked + int(seen.sum())
    return Decided(mask, total / marked if marked else 1.0)


def _tiles(height: int, width: int) -> Iterator[tuple[slice, slice]]:
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            yield slice(top, min(height, top + TILE)), slice(left, min(width, left + TILE))


def _surroundings(codes: Codes, rows: slice, columns: slice, margin: int) -> Codes:
    down = np.arange(rows.start - margin, rows.stop + margin).clip(0, codes.shape[0] - 1)
    across = np.arange(columns.start - margin, columns.stop + margin).clip(0, codes.shape[1] - 1)
    area: Codes = codes[down[:, np.newaxis], across]
    return area


def _decide(area: Codes, posterior: Floats, sweeps: int) -> tuple[Mask, Field]:
    """Sweep over an area whose margin is used up, one pixel a sweep."""
    present, inverse = np.unique(area, return_inverse=True)
    local: Codes = inverse.reshape(area.shape).astype(np.int32)
    found = posterior[present]
    classes = np.flatnonzero((found > NEGLIGIBLE).any(axis=0))
    table = np.clip(found[:, classes].T, CERTAIN, 1.0).astype(np.float32)
    logs = np.log(table)
    field: Field = table[:, local]
    for sweep in range(1, sweeps + 1):
        inner = local[sweep : local.shape[0] - sweep, sweep : local.shape[1] - sweep]
        field = _normalized(logs[:, inner] + np.float32(BETA) * _neighbors(field))
    highest = field.max(axis=0)
    chosen = np.argmax(field >= highest - np.float32(TIE), axis=0)
    return classes[chosen].astype(np.uint8), highest


def _neighbors(field: Field) -> Field:
    """Add up the eight neighbors of every pixel that has them, for each class."""
    rows = field[:, :-2] + field[:, 1:-1] + field[:, 2:]
    around: Field = rows[:, :, :-2] + rows[:, :, 1:-1] + rows[:, :, 2:] - field[:, 1:-1, 1:-1]
    return around


def _normalized(logs: Field) -> Field:
    logs -= logs.max(axis=0)
    np.exp(logs, out=logs)
    logs /= logs.sum(axis=0)
    return logs

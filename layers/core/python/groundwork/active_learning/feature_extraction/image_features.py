"""A descriptor of an image without a learned model: where its edges run, how light it is where, its colors.

Edges are histograms of oriented gradients (Dalal and Triggs, 2005), each cell normalized with its neighbors.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from groundwork.active_learning.feature_extraction.image_decoding import UnreadableImageError, decoded
from groundwork.active_learning.features import Features, UnreadableObjectError

Plane = NDArray[np.float32]

SIDE = 48
"""Pixels of the square that every image is resized to."""
CELL = 8
DIRECTIONS = 9
THUMBNAIL = 8
"""Squares a side whose mean lightness is kept."""
COLOR_SQUARES = 4
"""Squares a side whose mean color is kept."""
COLOR_STEPS = 4
"""Steps of each channel in the histogram of colors."""
FAINT = 1e-2
"""Gradient below which a cell counts as flat; lightness lies between 0 and 1."""
LARGEST_PART = 0.2
"""Of a normalized histogram: one strong edge must not hide the others."""


class ImageFeatures:
    """Extracts from files of images in any format, size and color mode that Pillow reads."""

    def extract(self, contents: Sequence[bytes]) -> Features:
        """Describe each image by 484 numbers.

        Raises
        ------
        UnreadableObjectError
            A file is no image, is damaged, or too large.
        """
        rows = [_descriptor(_pixels(content, row)) for row, content in enumerate(contents)]
        width = (SIDE // CELL) ** 2 * DIRECTIONS + THUMBNAIL**2 + 2 * COLOR_SQUARES**2 + COLOR_STEPS**3
        return Features(np.array(rows, dtype=np.float16).reshape(len(rows), width))


def _pixels(content: bytes, row: int) -> Plane:
    """Decode to a square of red, green and blue between 0 and 1."""
    try:
        image = decoded(content, side=4 * SIDE)
    except UnreadableImageError as error:
        raise UnreadableObjectError(row, str(error)) from error
    square = image.resize((SIDE, SIDE), Image.Resampling.BOX if min(image.size) >= SIDE else None)
    return np.asarray(square, dtype=np.float32) / np.float32(255)


def _descriptor(colors: Plane) -> Plane:
    grey = colors @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    chroma = np.stack([colors[..., 0] - grey, colors[..., 2] - grey], axis=-1)
    steps = np.minimum((colors * COLOR_STEPS).astype(np.int64), COLOR_STEPS - 1)
    codes = (steps[..., 0] * COLOR_STEPS + steps[..., 1]) * COLOR_STEPS + steps[..., 2]
    histogram = np.bincount(codes.ravel(), minlength=COLOR_STEPS**3) / codes.size
    mean = partial(_block_means, squares=COLOR_SQUARES)
    parts = (
        _edges(grey),
        _block_means(grey, THUMBNAIL),
        mean(chroma[..., 0]),
        mean(chroma[..., 1]),
        np.sqrt(histogram),
    )
    return np.concatenate([part.ravel() for part in parts]).astype(np.float32)


def _block_means(plane: Plane, squares: int) -> Plane:
    side = SIDE // squares
    means: Plane = plane.reshape(squares, side, squares, side).mean(axis=(1, 3))
    return means


def _edges(grey: Plane) -> Plane:
    """Histograms of directions, shape (cells, cells, DIRECTIONS)."""
    down, right = np.gradient(grey)
    strength = np.hypot(down, right)
    turn = np.arctan2(down, right) % np.pi * (DIRECTIONS / np.pi)
    lower = np.floor(turn).astype(np.int64)
    upper_part = turn - lower
    cells = SIDE // CELL
    cell = np.arange(SIDE) // CELL
    places = (cell[:, np.newaxis] * cells + cell) * DIRECTIONS
    size = cells * cells * DIRECTIONS
    histogram = np.bincount((places + lower % DIRECTIONS).ravel(), (strength * (1 - upper_part)).ravel(), size)
    histogram += np.bincount((places + (lower + 1) % DIRECTIONS).ravel(), (strength * upper_part).ravel(), size)
    return _normalized((histogram / CELL**2).reshape(cells, cells, DIRECTIONS).astype(np.float32))


def _normalized(histograms: Plane) -> Plane:
    """Divide each cell by the strength of the three by three cells around it."""
    cells = len(histograms)
    power = np.pad((histograms**2).sum(axis=-1), 1)
    around = sum(power[y : y + cells, x : x + cells] for y in range(3) for x in range(3))
    scaled = histograms / np.sqrt(around / 9 + FAINT**2)[..., np.newaxis]
    return np.minimum(scaled, LARGEST_PART * DIRECTIONS).astype(np.float32)

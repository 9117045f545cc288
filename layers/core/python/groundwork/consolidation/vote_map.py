"""What all workers said of each pixel: a number a pixel, and a table of the combinations there are.

Nine workers and a few labels make few distinct combinations, so that everything about workers is computed on the table
and not on pixels (spec: workflows §2.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundwork.consolidation.mask_image import Mask, strips

MOST_TUPLES = 1 << 18
"""Distinct combinations of an image. Painted areas make some thousands; only a mask of noise exceeds this."""


class NoiseError(ValueError):
    """A mask so ragged that with it there are more combinations than can be worked on."""


@dataclass(slots=True)
class VoteMap:
    """Masks of one image, added worker by worker, so that one decoded mask is in memory at a time."""

    codes: NDArray[np.int32]
    """Shape (height, width): the row of `tuples` that a pixel has."""
    tuples: NDArray[np.uint8]
    """Shape (combinations, workers), in lexicographic order; the first is BACKGROUND for everybody."""

    @classmethod
    def empty(cls, height: int, width: int) -> VoteMap:
        """Begin with no worker."""
        return cls(np.zeros((height, width), np.int32), np.zeros((1, 0), np.uint8))

    @classmethod
    def of(cls, masks: Sequence[Mask]) -> VoteMap:
        """Lay masks of one size over each other.

        Raises
        ------
        NoiseError
            There are too many combinations.
        """
        votes = cls.empty(*masks[0].shape)
        for mask in masks:
            votes.add(mask)
        return votes

    def add(self, mask: Mask) -> None:
        """Add the next worker's mask.

        Raises
        ------
        NoiseError
            There would be too many combinations; the map stays as it was.
        """
        values = int(mask.max(initial=0)) + 1
        present = np.zeros(len(self.tuples) * values, np.bool_)
        present[0] = True
        height, width = mask.shape
        for rows in strips(height, width):
            present[self.codes[rows] * values + mask[rows]] = True
        combined = np.flatnonzero(present)
        if len(combined) > MOST_TUPLES:
            raise NoiseError(f"more than {MOST_TUPLES} combinations of answers")
        number = np.zeros(len(present), np.int32)
        number[combined] = np.arange(len(combined), dtype=np.int32)
        for rows in strips(height, width):
            self.codes[rows] = number[self.codes[rows] * values + mask[rows]]
        last = (combined % values).astype(np.uint8)
        self.tuples = np.column_stack([self.tuples[combined // values], last])

    def histogram(self) -> NDArray[np.int64]:
        """Count the pixels of each combination."""
        counts = np.zeros(len(self.tuples), np.int64)
        for rows in strips(*self.codes.shape):
            counts += np.bincount(self.codes[rows].ravel(), minlength=len(counts))
        return counts

"""A mask reduced to at most 64 x 64 samples: small enough to keep for every answer of a job.

What it says of a worker, how much of what is marked and how often wrongly, is a share of areas; some thousand samples
give it to a percent.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from groundwork.consolidation.mask_image import Mask, scaled
from groundwork.job.labeling_job import Frozen

SIDE = 64


class MaskGrid(Frozen):
    """Samples in the middle of equal cells, row by row, as runs of equal values."""

    height: int
    width: int
    runs: tuple[int, ...]
    """Value, length, value, length …"""

    @classmethod
    def of(cls, mask: Mask) -> MaskGrid:
        """Sample a mask."""
        height, width = (min(SIDE, side) for side in mask.shape)
        samples = scaled(mask, height, width).ravel()
        starts = np.flatnonzero(np.diff(samples, prepend=samples[0] + 1))
        lengths = np.diff(starts, append=samples.size)
        runs = np.column_stack([samples[starts], lengths]).ravel()
        return cls(height=height, width=width, runs=tuple(int(number) for number in runs))

    def mask(self) -> Mask:
        """Give the samples, shape (height, width)."""
        runs = np.array(self.runs, np.int64).reshape(-1, 2)
        samples: Mask = np.repeat(runs[:, 0].astype(np.uint8), runs[:, 1]).reshape(self.height, self.width)
        return samples


def alike(grids: Sequence[MaskGrid]) -> list[Mask]:
    """Bring the grids of one image to the size of the largest, should workers have seen it in different sizes."""
    height, width = max(grid.height for grid in grids), max(grid.width for grid in grids)
    return [scaled(grid.mask(), height, width) for grid in grids]

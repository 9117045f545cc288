"""Sparse rows of small counts, as scipy's CSR lays them out, for where scipy is not at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 255
"""A count beyond is kept as this."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Row `r` has `data[i]` in column `indices[i]`, for `i` from `indptr[r]` up to and without `indptr[r + 1]`."""

    data: NDArray[np.uint8]
    indices: NDArray[np.int32]
    """Columns, ascending within a row."""
    indptr: NDArray[np.int64]
    shape: tuple[int, int]

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]], columns: int) -> Counts:
        """Collect rows of columns and their counts; a column that comes twice in a row counts both times."""
        data: list[NDArray[np.uint8]] = []
        indices: list[NDArray[np.int32]] = []
        for places, numbers in rows:
            unique, inverse = np.unique(places, return_inverse=True)
            total = np.bincount(inverse, numbers, minlength=len(unique))
            data.append(np.minimum(total, MOST).astype(np.uint8))
            indices.append(unique.astype(np.int32))
        lengths = np.array([len(each) for each in indices], dtype=np.int64)
        return cls(
            np.concatenate(data) if data else np.zeros(0, np.uint8),
            np.concatenate(indices) if indices else np.zeros(0, np.int32),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            (len(lengths), columns),
        )

"""What a model sees of data objects: one row of numbers an object, small enough to keep for 100,000 of them.

Extraction looks at one object at a time, so shards can be extracted side by side. Whatever needs the whole data set
(the worth of a word, scales, main directions) is done in `representation.py`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from groundwork.active_learning.feature_extraction.counts import Counts

if TYPE_CHECKING:
    # What extracts features runs without scipy; what learns from them has it.
    from scipy import sparse

Dense: TypeAlias = NDArray[np.float16] | NDArray[np.float32]
Matrix: TypeAlias = "sparse.csr_matrix | Dense"


class UnreadableObjectError(ValueError):
    """A data object has no features, for `reason`; `row` is its place among the contents that were given."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"data object {row}: {reason}")
        self.row = row
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Features:
    """Rows of counts (sparse: texts) or of real numbers (dense: images, or any other extractor's vectors)."""

    stored: Matrix | Counts
    lots: NDArray[np.uint64] | None = None
    """One number a row that hangs on its content; there once the whole data set was represented."""

    @property
    def matrix(self) -> Matrix:
        """The rows as scipy's CSR matrix, or as an array."""
        if not isinstance(self.stored, Counts):
            return self.stored
        from scipy import sparse  # noqa: PLC0415

        return sparse.csr_matrix((self.stored.data, self.stored.indices, self.stored.indptr), shape=self.stored.shape)

    @property
    def size(self) -> int:
        """Number of data objects."""
        return int(self.stored.shape[0])

    def take(self, rows: Sequence[int]) -> Features:
        """Take some rows, in that order."""
        return Features(self.matrix[list(rows)], None if self.lots is None else self.lots[list(rows)])

    def to_bytes(self) -> bytes:
        """Write as an uncompressed NPZ archive."""
        file = io.BytesIO()
        if isinstance(self.stored, np.ndarray):
            arrays = {"dense": np.asarray(self.stored)} | ({} if self.lots is None else {"lots": self.lots})
            np.savez(file, allow_pickle=False, **arrays)
        else:
            counts = self.stored
            np.savez(file, data=counts.data, indices=counts.indices, indptr=counts.indptr, shape=counts.shape)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> Features:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
            if "dense" in stored:
                return cls(stored["dense"], stored.get("lots", None))
            rows, columns = map(int, stored["shape"])
            return cls(Counts(stored["data"], stored["indices"], stored["indptr"], (rows, columns)))

    @classmethod
    def stack(cls, shards: Sequence[Features]) -> Features:
        """Put shards below each other.

        Raises
        ------
        ValueError
            There is none, or they are of different extractors.
        """
        if not shards:
            raise ValueError("no shards to stack")
        stored = [each.stored for each in shards]
        if len({(isinstance(each, np.ndarray), each.shape[1]) for each in stored}) > 1:
            raise ValueError("shards of different extractors can't be stacked")
        arrays = [each for each in stored if isinstance(each, np.ndarray)]
        if arrays:
            return cls(np.vstack(arrays))
        counts = [each for each in stored if not isinstance(each, np.ndarray)]
        starts = np.cumsum([0, *(len(each.data) for each in counts)])
        indptr = [each.indptr[1:] + start for each, start in zip(counts, starts, strict=False)]
        return cls(
            Counts(
                np.concatenate([each.data for each in counts]),
                np.concatenate([each.indices for each in counts]),
                np.concatenate([[0], *indptr]).astype(np.int64),
                (sum(each.shape[0] for each in counts), counts[0].shape[1]),
            )
        )

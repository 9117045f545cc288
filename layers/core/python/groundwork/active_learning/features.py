"""What a model sees of data objects: one row of numbers an object, small enough to keep for 100,000 of them.

Extraction looks at one object at a time, so shards can be extracted side by side. Whatever needs the whole data set
(the worth of a word, scales, main directions) is done in `representation.py`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Dense: TypeAlias = NDArray[np.float16] | NDArray[np.float32]
Matrix: TypeAlias = "sparse.csr_matrix | Dense"


class UnreadableObjectError(ValueError):
    """A data object has no features; `row` is its place among the contents that were given."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__(f"data object {row}: {reason}")
        self.row = row


@dataclass(frozen=True, slots=True)
class Features:
    """Rows of counts (sparse: texts) or of real numbers (dense: images, or any other extractor's vectors)."""

    matrix: Matrix
    lots: NDArray[np.uint64] | None = None
    """One number a row that hangs on its content; there once the whole data set was represented."""

    @property
    def size(self) -> int:
        """Number of data objects."""
        return int(self.matrix.shape[0])

    def to_bytes(self) -> bytes:
        """Write as an uncompressed NPZ archive."""
        file = io.BytesIO()
        if isinstance(self.matrix, np.ndarray):
            arrays = {"dense": np.asarray(self.matrix)} | ({} if self.lots is None else {"lots": self.lots})
            np.savez(file, allow_pickle=False, **arrays)
        else:
            counts = self.matrix
            np.savez(file, data=counts.data, indices=counts.indices, indptr=counts.indptr, shape=counts.shape)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> Features:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
            if "dense" in stored:
                return cls(stored["dense"], stored.get("lots", None))
            parts = (stored["data"], stored["indices"], stored["indptr"])
            return cls(sparse.csr_matrix(parts, shape=tuple(stored["shape"])))

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
        if len({(sparse.issparse(each.matrix), each.matrix.shape[1]) for each in shards}) > 1:
            raise ValueError("shards of different extractors can't be stacked")
        if sparse.issparse(shards[0].matrix):
            return cls(sparse.vstack([each.matrix for each in shards], format="csr"))
        return cls(np.vstack([each.matrix for each in shards]))

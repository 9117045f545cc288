"""Lots that hang on what a data object holds, so that the order of a manifest can't matter."""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from groundwork.active_learning.arrays import Indices
from groundwork.active_learning.features import Features

Lots = NDArray[np.uint64]


def content_lots(features: Features) -> Lots:
    """Draw one number for each row from its content."""
    matrix = features.matrix
    if isinstance(matrix, np.ndarray):
        parts = [row.tobytes() for row in np.ascontiguousarray(matrix)]
    else:
        spans = pairwise(matrix.indptr.tolist())
        parts = [matrix.indices[start:end].tobytes() + matrix.data[start:end].tobytes() for start, end in spans]
    drawn = b"".join(blake2b(part, digest_size=8).digest() for part in parts)
    return np.frombuffer(drawn, dtype="<u8").astype(np.uint64)


def by_lot(lots: Lots) -> Indices:
    """Order rows by their lots; rows of the same content keep theirs."""
    return np.argsort(lots, kind="stable")

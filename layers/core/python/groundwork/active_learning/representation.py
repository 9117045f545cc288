"""The main directions of all data objects together: what a model learns from.

Texts: counts are weighed by how rare a column is (tf-idf, logarithmic counts), rows have length 1, then latent semantic
analysis (Deerwester et al., 1990). Images and other vectors: principal components. No label is needed, so every data
object tells of its kind, whether people label it or not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from groundwork.active_learning.features import Features
from groundwork.active_learning.lots import by_lot, content_lots

DIRECTIONS = 512
"""Columns of the representation, at most, the most telling ones first."""
SAMPLE = 20_000
"""Data objects that the directions are found from; more change them little and take minutes."""

Reduced = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Representation:
    """A represented data set and the object ids of its rows: `.groundwork/representation.npz`."""

    objects: list[int]
    features: Features

    def to_bytes(self) -> bytes:
        """Write as an uncompressed NPZ archive."""
        file = io.BytesIO()
        np.savez(
            file, objects=np.array(self.objects, np.int64), features=np.frombuffer(self.features.to_bytes(), np.uint8)
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> Representation:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
            return cls(stored["objects"].tolist(), Features.from_bytes(stored["features"].tobytes()))


def represent(features: Features) -> Features:
    """Represent a data set, once for all its rounds; what is represented already stays as it is.

    The result is dense, at most 512 columns of float32 a row, and does not depend on the order of rows.
    """
    if features.lots is not None:
        return features
    lots = content_lots(features)
    order = by_lot(lots)
    sorted_rows = features.matrix[order]
    reduced = _of_vectors(sorted_rows) if isinstance(sorted_rows, np.ndarray) else _of_counts(sorted_rows)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return Features(reduced[back], lots)


def _of_counts(counts: sparse.csr_matrix) -> Reduced:
    held_by = np.bincount(counts.indices, minlength=counts.shape[1])
    columns = np.flatnonzero(held_by >= 2)
    # Words and their pieces are two views of a text with the same say.
    halves = (columns[columns < counts.shape[1] // 2], columns[columns >= counts.shape[1] // 2])
    views = [_weighed(counts[:, half]) for half in halves if len(half)]
    directions = min(DIRECTIONS, counts.shape[0] - 1, len(columns) - 1)
    if directions < 1:
        return np.zeros((counts.shape[0], 1), dtype=np.float32)
    joined = sparse.hstack(views, format="csr", dtype=np.float32)
    _, _, found = randomized_svd(joined[:SAMPLE], directions, n_iter=4, random_state=0)
    return np.asarray(joined @ found.T, dtype=np.float32)


def _weighed(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts.astype(np.float32))


def _of_vectors(vectors: NDArray[np.float16] | NDArray[np.float32]) -> Reduced:
    values = np.nan_to_num(np.asarray(vectors, dtype=np.float32), posinf=0, neginf=0)
    directions = min(DIRECTIONS, *values.shape, SAMPLE)
    if not values.size or not values.std(axis=0).any():
        return np.zeros((len(values), 1), dtype=np.float32)
    pca = PCA(directions, svd_solver="full").fit(values[:SAMPLE])
    return np.asarray(pca.transform(values), dtype=np.float32)


def leading(reduced: Reduced, directions: int) -> Reduced:
    """Take the first directions; rows have length 1, so that long texts and strong images count as much as others."""
    kept = reduced[:, :directions]
    return np.asarray(normalize(kept) if len(kept) else kept, dtype=np.float32)

"""Texts and images with known classes, to label automatically, and generated vectors that nobody could have tuned to.

A folder with `train.csv` (text, label) or with `data.npz` (grey images and labels) is a data set, whatever its name:
in the folder that the environment names, in `active_learning` inside it, or in `active_learning` beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from groundwork.active_learning.arrays import Indices
from groundwork.active_learning.feature_extraction.image_features import ImageFeatures
from groundwork.active_learning.feature_extraction.text_features import TextFeatures
from groundwork.active_learning.features import Features
from groundwork.active_learning.representation import represent
from PIL import Image

from local.bench.bench_data import NoDataError, data_root, rows

FOLDER = "active_learning"
CLOUDS = 6_000
"""Generated vectors: four clouds in twenty dimensions, of which some overlap."""


@dataclass(frozen=True, slots=True)
class ClassData:
    """One data set, represented as a job does it."""

    name: str
    features: Features
    truth: Indices
    classes: int


def read_class_data() -> list[ClassData]:
    """Read all data sets of this kind, in the order of their names; the generated one is the last.

    Raises
    ------
    NoDataError
        There is none but the generated one.
    """
    root = data_root()
    places = [place for place in (root, root / FOLDER, root.parent / FOLDER) if place.is_dir()]
    folders = {folder.name: folder for place in places for folder in sorted(place.iterdir()) if folder.is_dir()}
    found = [data for _, folder in sorted(folders.items()) if (data := _read(folder)) is not None]
    if not found:
        raise NoDataError(f"no folder in {root} or {FOLDER} beside it has a train.csv (text, label) or a data.npz")
    return [*found, clouds()]


def clouds() -> ClassData:
    """Generate clouds of unequal size; an object's class is certain only far from the border."""
    chance = np.random.default_rng(2)
    truth = chance.choice(4, CLOUDS, p=(0.5, 0.25, 0.15, 0.1))
    centers = chance.normal(0, 1.1, (4, 20))
    vectors = centers[truth] + chance.normal(0, 1.5, (CLOUDS, 20))
    return _represented("clouds", Features(vectors.astype(np.float32)), truth.tolist())


def _read(folder: Path) -> ClassData | None:
    texts, images = folder / "train.csv", folder / "data.npz"
    if texts.is_file():
        lines = [line for line in rows(texts) if line.get("label")]
        features = TextFeatures().extract([line["text"] for line in lines])
        return _represented(folder.name, features, [line["label"] for line in lines])
    if images.is_file():
        with np.load(images, allow_pickle=False) as stored:
            files = [_png(image) for image in _bytes(stored["images"])]
            return _represented(folder.name, ImageFeatures().extract(files), stored["labels"].tolist())
    return None


def _represented(name: str, features: Features, labels: list[str] | list[int]) -> ClassData:
    _, truth = np.unique(np.array(labels), return_inverse=True)
    return ClassData(name, represent(features), truth.astype(np.int64), int(truth.max()) + 1)


def _bytes(images: np.ndarray) -> np.ndarray:
    """Stretch the values of all images to a byte each."""
    lightest = float(images.max())
    return np.round(images * (255 / max(lightest, 1e-9))).astype(np.uint8)


def _png(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()

"""Real images with known labels: the handwritten digits of scikit-learn's bundled data set."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

SIDE = 256
ALL = 1_797
"""Digits in the data set."""
LABELS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Digit:
    """One image: file name, PNG of 256 by 256 pixels, and what it shows."""

    name: str
    png: bytes
    truth: str


def sample_digits(count: int, seed: int) -> Sequence[Digit]:
    """Draw `count` different digits; the same seed draws the same."""
    data = load_digits()
    chosen = random.Random(seed).sample(range(len(data.target)), count)
    return [
        Digit(f"digit-{place:04d}.png", _enlarge(data.images[index]), LABELS[data.target[index]])
        for place, index in enumerate(chosen, start=1)
    ]


def _enlarge(image: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> bytes:
    """Draw dark ink on white paper; the data set has 8 by 8 values from 0 (paper) to 16 (ink)."""
    grey = np.round(255.0 * (1.0 - image / 16.0)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(file, "PNG")
    return file.getvalue()

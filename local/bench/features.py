"""What features of a data object cost in processor time, by our own extractors and by networks of usual sizes."""

from __future__ import annotations

import io
import random
import string
import time
from collections.abc import Sequence

import numpy as np
from groundwork.active_learning.feature_extraction.extractor import Content, OneByOne, RowExtractor
from groundwork.active_learning.feature_extraction.image_features import ImageFeatures
from groundwork.active_learning.feature_extraction.onnx_features import OnnxFeatures
from groundwork.active_learning.feature_extraction.text_features import TextFeatures
from PIL import Image

from local.bench.networks import mobilenet_v2, resnet_18, resnet_50
from local.bench.table import Table

SECONDS = 3
SMALL, LARGE = (500, 375), (4000, 3000)
CHARACTERS = 1_000
BUDGET_SECONDS = 900
"""One call of the function: 15 minutes."""


def measure() -> Table:
    """Extract for some seconds by each."""
    small, large = [_photograph(*SMALL) for _ in range(8)], [_photograph(*LARGE) for _ in range(4)]
    networks = {"MobileNetV2": mobilenet_v2, "ResNet-18": resnet_18, "ResNet-50": resnet_50}
    rows = [_row("built-in, texts of 1,000 characters", TextFeatures(), _texts(200))]
    images: dict[str, RowExtractor] = {"built-in": ImageFeatures()}
    images |= {f"ONNX, {name}": OnnxFeatures(name, make(), None, threads=1) for name, make in networks.items()}
    for name, extractor in images.items():
        rows.append(_row(f"{name}, images of {SMALL[0]} x {SMALL[1]}", extractor, small))
        rows.append(_row(f"{name}, images of {LARGE[0]} x {LARGE[1]}", extractor, large))
    return Table(
        "Features of a data object, processor time",
        ("extractor", "numbers", "ms", "in 15 minutes"),
        rows,
        ("one processor; networks with random weights, 224 pixels a side; images are JPEG files in memory",),
    )


def _row(name: str, extractor: RowExtractor, contents: Sequence[Content]) -> tuple[str, ...]:
    one_by_one = OneByOne(name, extractor)
    first = one_by_one.extract(contents[:1]).features
    done, began, started = 0, time.process_time(), time.monotonic()
    while time.monotonic() - started < SECONDS:
        one_by_one.extract(contents)
        done += len(contents)
    each = (time.process_time() - began) / done
    width = f"{first.stored.shape[1]:,}" if first else ""
    return (name, width, f"{1000 * each:.1f}", f"{BUDGET_SECONDS / each:,.0f}")


def _photograph(width: int, height: int) -> bytes:
    """Make a picture that is as hard to unpack as a photograph: about one bit a pixel."""
    noise = np.random.default_rng(width).integers(0, 255, (height // 16, width // 16, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()


def _texts(count: int) -> list[str]:
    chance = random.Random(0)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(20_000)]
    return [" ".join(chance.choices(words, k=CHARACTERS))[:CHARACTERS] for _ in range(count)]

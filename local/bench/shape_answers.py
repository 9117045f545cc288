"""Generated answers of people who draw shapes: each finds nine things of ten and is a few pixels off."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

WIDTH, HEIGHT = 1_280, 720
MARGIN = 120
FOUND = 0.9
NOISE = 3.0
"""Pixels."""
KINDS = ("boat", "car", "person")
THINGS_AN_IMAGE = 5

Place = tuple[float, float]


def boxes(source: random.Random, workers: int) -> list[dict[str, Any]]:
    """Boxes of 80 by 60 pixels."""
    return _answers(source, workers, "boundingBoxes", lambda x, y: [(x, y), (x + 80, y + 60)], _box)


def outlines(source: random.Random, workers: int) -> list[dict[str, Any]]:
    """Circles of 24 corners."""
    turns = [step / 24 * 2 * math.pi for step in range(24)]
    return _answers(
        source,
        workers,
        "polygons",
        lambda x, y: [(x + 50 * math.cos(turn), y + 50 * math.sin(turn)) for turn in turns],
        _vertices,
    )


def paths(source: random.Random, workers: int) -> list[dict[str, Any]]:
    """Zigzags of six corners."""
    return _answers(
        source,
        workers,
        "polylines",
        lambda x, y: [(x + 20 * step, y + 15 * (step % 2)) for step in range(6)],
        _vertices,
    )


def lines(source: random.Random, workers: int) -> list[dict[str, Any]]:
    """Straight lines of 100 pixels."""
    return _answers(source, workers, "lines", lambda x, y: [(x, y), (x + 80, y + 60)], _vertices)


def points(source: random.Random, workers: int) -> list[dict[str, Any]]:
    """Single places."""
    return _answers(
        source, workers, "keypoints", lambda x, y: [(x, y)], lambda places: dict(zip("xy", *places, strict=True))
    )


def _answers(
    source: random.Random,
    workers: int,
    key: str,
    thing: Callable[[float, float], Sequence[Place]],
    write: Callable[[Sequence[Place]], dict[str, Any]],
) -> list[dict[str, Any]]:
    things = [
        (source.choice(KINDS), thing(source.uniform(MARGIN, WIDTH - MARGIN), source.uniform(MARGIN, HEIGHT - MARGIN)))
        for _ in range(THINGS_AN_IMAGE)
    ]

    def shapes() -> list[dict[str, Any]]:
        return [
            {"label": kind, **write([(x + source.gauss(0, NOISE), y + source.gauss(0, NOISE)) for x, y in places])}
            for kind, places in things
            if source.random() < FOUND
        ]

    size = {"width": WIDTH, "height": HEIGHT}
    return [{key: {key: shapes(), "inputImageProperties": size}} for _ in range(workers)]


def _box(places: Sequence[Place]) -> dict[str, Any]:
    (left, top), (right, bottom) = places
    return {"left": left, "top": top, "width": right - left, "height": bottom - top}


def _vertices(places: Sequence[Place]) -> dict[str, Any]:
    return {"vertices": [{"x": x, "y": y} for x, y in places]}

"""Boxes that several people drew on the same images, and an expert's boxes to judge them by.

CSV files: `labels.csv` (task, worker, left, top, width, height in pixels), `assignments.csv` (task,
worker: whoever drew nothing stands only here), `images.csv` (task, width, height), `truth.csv` (task, left, top, width,
height) for the tasks in `truth_tasks.csv` (task).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from local.bench.bench_data import data_set, rows

NAME = "pedestrians_bbox"
FILES = ("labels.csv", "assignments.csv", "images.csv", "truth.csv", "truth_tasks.csv")
LEAST_SIDE = 1.0
"""Pixels; a smaller box can't be submitted."""

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True, slots=True)
class BoxData:
    """All by task."""

    sizes: Mapping[int, tuple[int, int]]
    drawn: Mapping[int, Mapping[str, tuple[Box, ...]]]
    """Worker → boxes, none included."""
    truth: Mapping[int, tuple[Box, ...]]

    def subset(self, workers: int, seed: int) -> BoxData:
        """Keep the answers of `workers` people on each image, drawn by chance; the same seed draws the same."""
        chance = random.Random(seed)
        drawn = {
            task: {worker: answers[worker] for worker in sorted(chance.sample(sorted(answers), workers))}
            for task, answers in sorted(self.drawn.items())
            if len(answers) >= workers
        }
        return BoxData(self.sizes, drawn, {task: boxes for task, boxes in self.truth.items() if task in drawn})


def read_box_data() -> BoxData:
    """Read the data set.

    Raises
    ------
    NoDataError
        There is none.
    """
    folder = data_set(NAME, *FILES)
    drawn: dict[int, dict[str, tuple[Box, ...]]] = defaultdict(dict)
    for row in rows(folder / "assignments.csv"):
        drawn[int(row["task"])][row["worker"]] = ()
    for row in rows(folder / "labels.csv"):
        box = _box(row)
        if min(box[2:]) >= LEAST_SIDE:
            drawn[int(row["task"])][row["worker"]] += (box,)
    truth: dict[int, tuple[Box, ...]] = {int(row["task"]): () for row in rows(folder / "truth_tasks.csv")}
    for row in rows(folder / "truth.csv"):
        truth[int(row["task"])] += (_box(row),)
    sizes = {int(row["task"]): (int(row["width"]), int(row["height"])) for row in rows(folder / "images.csv")}
    return BoxData(sizes, drawn, truth)


def _box(row: Mapping[str, str]) -> Box:
    return float(row["left"]), float(row["top"]), float(row["width"]), float(row["height"])

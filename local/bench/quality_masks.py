"""How near consolidated masks come to those of experts, on data that several people labeled.

The data set has `labels.jsonl` (`task`, `worker`, `size`, `counts`) and `truth.jsonl` (the same without `worker`): one
binary mask a line, run lengths in COCO's order, which is column by column and begins with the background.
"""

from __future__ import annotations

import base64
import io
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject
from numpy.typing import NDArray
from PIL import Image

from local.bench.bench_data import data_set
from local.bench.consolidations import NOW, bench_job
from local.bench.crowd_kit import NoPeerError, segmentation_em
from local.bench.table import Table

NAME = "bubil_masks"
WORKERS = (3, 5, 7)
DRAWS = 5
"""Random choices of workers for each image, where an image has more of them."""
SEED = 11
LABEL = "cell"
COLOR = "#1f77b4"
TASK_TYPE = "SemanticSegmentation"

Binary: TypeAlias = NDArray[np.bool_]
Masks: TypeAlias = Mapping[str, Mapping[str, Binary]]
"""Task → worker → mask."""
Method: TypeAlias = Callable[[Masks], Mapping[str, Binary]]


@dataclass(slots=True)
class Scores:
    """Sums over images."""

    iou: list[float] = field(default_factory=list)
    dice: list[float] = field(default_factory=list)

    def add(self, mask: Binary, truth: Binary) -> None:
        """Compare with the truth; two empty masks agree."""
        shared, marked = int((mask & truth).sum()), int(mask.sum() + truth.sum())
        self.iou.append(shared / (marked - shared) if marked else 1.0)
        self.dice.append(2 * shared / marked if marked else 1.0)


def measure() -> Table:
    """Compare the ways of consolidation with each other.

    Raises
    ------
    NoDataError
        There is none.
    """
    labels, truth = read(data_set(NAME, "labels.jsonl", "truth.jsonl"))
    methods: dict[str, Method] = {
        "majority of pixels": majority,
        "ground-truth": lambda masks: consolidated(masks, "ground-truth"),
        "default": lambda masks: consolidated(masks, "default"),
    }
    notes = [f"{len(truth)} images; {DRAWS} random choices of workers where there are more (seed {SEED})"]
    try:
        segmentation_em(next(draws(labels, WORKERS[0])))
        methods["crowd-kit SegmentationEM"] = segmentation_em
    except NoPeerError as error:
        notes.append(f"without crowd-kit: {error}")
    rows = []
    for workers in WORKERS:
        scores = {name: Scores() for name in methods}
        for drawn in draws(labels, workers):
            for name, method in methods.items():
                for task, mask in method(drawn).items():
                    scores[name].add(mask, truth[task])
        for name, score in scores.items():
            rows.append((str(workers), name, f"{np.mean(score.iou):.4f}", f"{np.mean(score.dice):.4f}"))
    return Table(
        "Masks: nearness to the truth",
        ("workers", "consolidation", "mean IoU", "mean Dice"),
        rows,
        notes,
    )


def read(folder: Path) -> tuple[dict[str, dict[str, Binary]], dict[str, Binary]]:
    """Read the workers' masks and the true ones."""
    labels: dict[str, dict[str, Binary]] = defaultdict(dict)
    for record in _records(folder / "labels.jsonl"):
        labels[record["task"]][record["worker"]] = _mask(record["size"], record["counts"])
    truth = {record["task"]: _mask(record["size"], record["counts"]) for record in _records(folder / "truth.jsonl")}
    return {task: labels[task] for task in truth}, truth


def draws(labels: Masks, workers: int) -> Iterator[Masks]:
    """Choose so many workers for each image, several times where there is a choice."""
    choice = random.Random(SEED + workers)
    times = DRAWS if any(len(masks) > workers for masks in labels.values()) else 1
    for _ in range(times):
        yield {
            task: {worker: masks[worker] for worker in choice.sample(sorted(masks), min(workers, len(masks)))}
            for task, masks in labels.items()
        }


def majority(masks: Masks) -> dict[str, Binary]:
    """Mark what more than half of the workers mark."""
    return {task: np.mean(list(of_task.values()), axis=0) > 0.5 for task, of_task in masks.items()}


def consolidated(masks: Masks, algorithm: str) -> dict[str, Binary]:
    """Consolidate as a job does, from answers to PNG files."""
    task_type = registry.get(TASK_TYPE)
    consolidation = task_type.consolidation_by(algorithm)
    job = bench_job(TASK_TYPE, (LABEL,), max(map(len, masks.values())), algorithm)
    tasks = sorted(masks)
    objects = [
        AnsweredObject(number, tuple(_answers(masks[task])), f"s3://photos/{number}.json")
        for number, task in enumerate(tasks)
    ]
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    labels = consolidation.consolidate(objects, estimate, job, NOW)
    return {tasks[label.object_id]: _decoded(label.files[0].content) for label in labels}


def answer_of(mask: Binary) -> dict[str, object]:
    """Submit a mask as the element does: an RGBA PNG."""
    height, width = mask.shape
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[mask] = (*bytes.fromhex(COLOR[1:]), 255)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return {
        "crowd-semantic-segmentation": {
            "inputImageProperties": {"height": height, "width": width},
            "labelMappings": {LABEL: {"color": COLOR}} if mask.any() else {},
            "labeledImage": {"pngImageData": base64.b64encode(file.getvalue()).decode()},
        }
    }


def _answers(masks: Mapping[str, Binary]) -> Iterator[Answer]:
    for worker, mask in masks.items():
        yield Answer(worker, answer_of(mask))


def _decoded(png: bytes) -> Binary:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image) > 0


def _mask(size: Sequence[int], counts: Sequence[int]) -> Binary:
    height, width = size
    values = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
    return values.reshape(width, height).T


def _records(file: Path) -> Iterator[dict[str, Any]]:
    with file.open() as lines:
        yield from map(json.loads, lines)

"""How good consolidated boxes are, beside simple rules: `python -m local.bench quality-shapes`.

The simple rules cluster boxes at IoU 0.4, take the median (or mean) of each side and keep clusters of at least so many
workers. Every such quorum is tried, and the one that the expert's boxes show to be best is the one to beat.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from groundwork.consolidation.boxes import intersection_over_union
from groundwork.consolidation.vote_table import Floats
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from local.bench.box_data import Box, BoxData, read_box_data
from local.bench.box_quality import BoxQuality, add_up, judge_all
from local.bench.consolidations import NOW, bench_job
from local.bench.table import Table

WORKERS = (3, 5, 7)
SEEDS = range(5)
SIMPLE_IOU = 0.4
LABEL = "person"

Boxes = Mapping[int, Sequence[Box]]
"""Task → boxes."""
Average = Callable[..., Floats]
"""`np.median` or `np.mean`."""


def measure() -> Sequence[Table]:
    """Compare the ways of consolidation on the data that the environment names."""
    data = read_box_data()
    return [compare(data, workers, SEEDS) for workers in WORKERS]


def compare(data: BoxData, workers: int, seeds: Sequence[int]) -> Table:
    """Compare on several random choices of `workers` people for each image."""
    subsets = [data.subset(workers, seed) for seed in seeds]
    if all(subset.drawn == subsets[0].drawn for subset in subsets):
        subsets = subsets[:1]
    rows = [
        _best_quorum("medians", np.median, subsets, workers),
        _best_quorum("means", np.mean, subsets, workers),
        ("ground-truth", *_figures([judge_all(consolidated(each, "ground-truth"), each.truth) for each in subsets])),
        ("default", *_figures([judge_all(consolidated(each, "default"), each.truth) for each in subsets])),
    ]
    return Table(
        f"Boxes of {workers} workers an image against an expert's: {len(subsets[0].truth)} images, "
        f"{len(subsets)} choices of workers",
        ("", "F1", "precision", "recall", "mean IoU", "lowest F1"),
        rows,
        ("found: IoU with the expert's box 0.5 or more; mean IoU is of the boxes found",),
    )


def consolidated(data: BoxData, algorithm: str) -> dict[int, list[Box]]:
    """Consolidate as a labeling job does: votes of the whole job, then the labels."""
    task_type = registry.get("BoundingBox")
    job = bench_job(task_type.name, (LABEL,), max(map(len, data.drawn.values())), algorithm)
    consolidation = task_type.consolidation_by(algorithm)
    objects = [_answered(task, answers, data.sizes[task]) for task, answers in data.drawn.items()]
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    return {
        label.object_id: [
            (box["left"], box["top"], box["width"], box["height"])
            for box in label.content[job.label_attribute]["annotations"]
        ]
        for label in consolidation.consolidate(objects, estimate, job, NOW)
    }


def simple_clusters(answers: Mapping[str, Sequence[Box]]) -> list[list[Box]]:
    """Join boxes of different workers while their mean boxes overlap by `SIMPLE_IOU`, most similar pairs first."""
    owners = [worker for worker, boxes in answers.items() for _ in boxes]
    boxes = np.array([box for drawn in answers.values() for box in drawn]).reshape(-1, 4)
    iou = intersection_over_union(boxes, boxes)
    clusters = {number: [number] for number in range(len(boxes))}
    home = list(range(len(boxes)))
    for index in np.argsort(-iou, axis=None, kind="stable"):
        one, other = divmod(int(index), len(boxes))
        if iou[one, other] < SIMPLE_IOU:
            break
        first, second = home[one], home[other]
        both = clusters[first] + clusters[second] if first != second else []
        if not both or len({owners[number] for number in both}) < len(both):
            continue
        means = [boxes[clusters[place]].mean(axis=0)[np.newaxis] for place in (first, second)]
        if intersection_over_union(*means)[0, 0] >= SIMPLE_IOU:
            clusters[first] = both
            for number in clusters.pop(second):
                home[number] = first
    return [[tuple(boxes[number]) for number in members] for members in clusters.values()]


def _best_quorum(
    name: str,
    average: Average,
    subsets: Sequence[BoxData],
    workers: int,
) -> tuple[str, ...]:
    clustered = [{task: simple_clusters(answers) for task, answers in each.drawn.items()} for each in subsets]
    found: dict[int, list[BoxQuality]] = {}
    for quorum in range(1, workers + 1):
        kept = [
            {
                task: [_averaged(members, average) for members in clusters if len(members) >= quorum]
                for task, clusters in each.items()
            }
            for each in clustered
        ]
        found[quorum] = [judge_all(boxes, each.truth) for boxes, each in zip(kept, subsets, strict=True)]
    best = max(found, key=lambda quorum: add_up(found[quorum]).f1)
    return (f"simple, {name}, best quorum ({best})", *_figures(found[best]))


def _averaged(members: Sequence[Box], average: Average) -> Box:
    """Average left, top, right and bottom one by one."""
    boxes = np.array(members)
    left, top, right, bottom = average(np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1), axis=0)
    return left, top, right - left, bottom - top


def _figures(qualities: Sequence[BoxQuality]) -> tuple[str, ...]:
    total = add_up(qualities)
    figures = (total.f1, total.precision, total.recall, total.iou, min(quality.f1 for quality in qualities))
    return tuple(f"{figure:.4f}" for figure in figures)


def _answered(task: int, answers: Mapping[str, Sequence[Box]], size: tuple[int, int]) -> AnsweredObject:
    def content(boxes: Sequence[Box]) -> dict[str, object]:
        shapes = [
            {"label": LABEL, "left": left, "top": top, "width": width, "height": height}
            for left, top, width, height in boxes
        ]
        properties = {"width": size[0], "height": size[1]}
        return {"boundingBox": {"boundingBoxes": shapes, "inputImageProperties": properties}}

    given = tuple(Answer(worker, content(boxes)) for worker, boxes in answers.items())
    return AnsweredObject(task, given, f"s3://street/{task}.json")

"""How long it takes to make the answers of several people one label, for each kind of label.

A workload is a line of `WORKLOADS`; each is measured with 3 and with 9 workers an object. Pure computing: what reading
and writing S3 takes is part of the measure `cloud`.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from groundwork.job.labeling_job import LabelingJob, ManifestVersion
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject, Consolidation, Json, Vote

from local.bench.mask_answers import AREAS, painted_areas, painted_things
from local.bench.shape_answers import boxes, lines, outlines, paths, points
from local.bench.table import Table

WORKERS = (3, 9)
CROWD = 40
"""People who share a job's answers, as many of them on each object as the job asks for."""
RUNS = 3
"""The fastest of so many runs counts: the others were disturbed."""
NOW = datetime(2026, 3, 5, 10, 11, 12, tzinfo=UTC)
SEED = 11
TEXT = "x" * 1_000
ENTITIES = 8
"""In each text of named entities."""
THINGS = ("bicycle", "boat", "bridge", "bus", "car", "dog", "lamp", "person", "sign", "tree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Generated answers of one task type.

    `answers` gives those of so many people to one data object, in the form that the type's template submits.
    """

    title: str
    task_type: str
    labels: tuple[str, ...]
    answers: Callable[[random.Random, int], Sequence[Mapping[str, Json]]]
    algorithm: str = "default"
    objects: int = 2_000


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds an object: `estimate` reduces the answers and estimates the workers, `label` does the batches."""

    estimate: float
    label: float


def one_of_ten(source: random.Random, workers: int) -> list[dict[str, Json]]:
    """Four answers in five name the true label."""
    truth = source.choice(THINGS)
    return [
        {"crowd-image-classifier": {"label": truth if source.random() < 0.8 else source.choice(THINGS)}}
        for _ in range(workers)
    ]


def some_of_ten(source: random.Random, workers: int) -> list[dict[str, Json]]:
    """Let a fifth of the labels apply; each worker overlooks some of them and invents a few."""
    truth = {thing for thing in THINGS if source.random() < 0.2}

    def chosen() -> list[str]:
        said = [thing for thing in THINGS if source.random() < (0.8 if thing in truth else 0.05)]
        return said or [source.choice(THINGS)]

    return [{"crowd-image-classifier-multi-select": {"labels": chosen()}} for _ in range(workers)]


def marked_text(source: random.Random, workers: int) -> list[dict[str, Json]]:
    """Let each worker overlook some entities, move a boundary, mistake a label and mark one part that is none."""
    last = len(TEXT) - 40
    truth = [
        (start, start + source.randint(4, 30), source.choice(THINGS)) for start in source.sample(range(last), ENTITIES)
    ]

    def marked() -> list[dict[str, Json]]:
        spans = [
            (start, end + source.choice((0, 0, 0, 1)), label if source.random() < 0.9 else source.choice(THINGS))
            for start, end, label in truth
            if source.random() < 0.8
        ]
        spurious = source.randrange(last)
        spans.append((spurious, spurious + 9, source.choice(THINGS)))
        return [{"startOffset": start, "endOffset": end, "label": label} for start, end, label in spans]

    return [{"crowd-entity-annotation": {"entities": marked()}} for _ in range(workers)]


WORKLOADS: tuple[Workload, ...] = (
    Workload(title="Single label of 10", task_type="ImageMultiClass", labels=THINGS, answers=one_of_ten),
    Workload(
        title="Single label of 10, ground-truth",
        task_type="ImageMultiClass",
        labels=THINGS,
        answers=one_of_ten,
        algorithm="ground-truth",
    ),
    Workload(title="Set of 10 labels", task_type="ImageMultiClassMultiLabel", labels=THINGS, answers=some_of_ten),
    Workload(
        title="Set of 10 labels, ground-truth",
        task_type="ImageMultiClassMultiLabel",
        labels=THINGS,
        answers=some_of_ten,
        algorithm="ground-truth",
    ),
    Workload(title="5 boxes", task_type="BoundingBox", labels=THINGS, answers=boxes, objects=500),
    Workload(
        title="5 boxes, ground-truth",
        task_type="BoundingBox",
        labels=THINGS,
        answers=boxes,
        algorithm="ground-truth",
        objects=500,
    ),
    Workload(title="5 outlines of 24 corners", task_type="Polygon", labels=THINGS, answers=outlines, objects=40),
    Workload(title="5 paths of 6 corners", task_type="Polyline", labels=THINGS, answers=paths, objects=100),
    Workload(title="5 lines", task_type="Line", labels=THINGS, answers=lines, objects=100),
    Workload(title="5 points", task_type="Keypoint", labels=THINGS, answers=points, objects=500),
    Workload(title="Entities of 10", task_type="NamedEntityRecognition", labels=THINGS, answers=marked_text),
    Workload(
        title="Entities of 10, ground-truth",
        task_type="NamedEntityRecognition",
        labels=THINGS,
        answers=marked_text,
        algorithm="ground-truth",
    ),
    Workload(
        title="Areas of 640 x 480 pixels",
        task_type="SemanticSegmentation",
        labels=AREAS,
        answers=painted_areas,
        objects=20,
    ),
    Workload(
        title="Areas of 640 x 480 pixels, ground-truth",
        task_type="SemanticSegmentation",
        labels=AREAS,
        answers=painted_areas,
        algorithm="ground-truth",
        objects=20,
    ),
    Workload(
        title="Things of 640 x 480 pixels",
        task_type="InstanceSegmentation",
        labels=AREAS,
        answers=painted_things,
        objects=20,
    ),
)
"""What is measured; a task type adds its own line."""


def measure() -> Table:
    """Consolidate every workload with few and with many workers."""
    rows: list[tuple[str, ...]] = []
    for workload in WORKLOADS:
        for workers in WORKERS:
            timing = time_of(workload, workers)
            figures = (timing.estimate, timing.label, timing.estimate + timing.label)
            objects = f"{workload.objects:,}"
            rows.append((workload.title, str(workers), objects, *(f"{figure:.3f}" for figure in figures)))
    return Table(
        "Consolidation: milliseconds a data object",
        ("", "workers", "objects", "estimate", "label", "both"),
        rows,
        (
            "estimate: reducing the answers and estimating the workers over the whole job; label: all batches once",
            f"generated answers of a crowd of {CROWD}; the fastest of {RUNS} runs",
        ),
    )


def time_of(workload: Workload, workers: int) -> Timing:
    """Consolidate a job of the workload as the stages do, without their storage.

    Raises
    ------
    RuntimeError
        An object got no label: the workload's answers are not those of its task type.
    """
    job = bench_job(workload.task_type, workload.labels, workers, workload.algorithm)
    task_type = registry.get(workload.task_type)
    consolidation = task_type.consolidation_by(workload.algorithm)
    objects = answered_objects(workload, workers)
    timings = [_run(consolidation, objects, job, task_type.batch_objects) for _ in range(RUNS)]
    return min(timings, key=lambda timing: timing.estimate + timing.label)


def answered_objects(workload: Workload, workers: int) -> list[AnsweredObject]:
    """Generate the answers of a job, the same ones each time."""
    source = random.Random(SEED)
    crowd = [f"private.eu-west-1.{number:016x}" for number in range(CROWD)]
    return [
        AnsweredObject(
            number,
            tuple(map(Answer, source.sample(crowd, workers), workload.answers(source, workers))),
            f"s3://photos/{number}.json",
            data_object={"s3Uri": f"s3://photos/{number}.jpg"},
        )
        for number in range(workload.objects)
    ]


def _run(consolidation: Consolidation, objects: Sequence[AnsweredObject], job: LabelingJob, batch: int) -> Timing:
    started = time.perf_counter()
    votes: list[Vote] = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    estimated = time.perf_counter()
    labels = [
        label
        for first in range(0, len(objects), batch)
        for label in consolidation.consolidate(objects[first : first + batch], estimate, job, NOW)
    ]
    ended = time.perf_counter()
    if len(labels) != len(objects):
        raise RuntimeError(f"{len(labels)} of {len(objects)} objects of a {job.task_type} job were labeled")
    return Timing((estimated - started) / len(objects) * 1e3, (ended - estimated) / len(objects) * 1e3)


def bench_job(name: str, labels: tuple[str, ...], workers: int, algorithm: str = "default") -> LabelingJob:
    """Resolve a job of a task type as ingestion would have."""
    task_type = registry.get(name)
    return LabelingJob(
        name="photos",
        arn="arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/photos",
        reference_code="1111222233330a1b2c3d4e5f6071",
        created_at=NOW,
        task_type=task_type.name,
        label_attribute="photos-ref" if task_type.reference_suffix == "required" else "photos",
        labels=labels,
        manifest=ManifestVersion(uri="s3://photos/objects.manifest", etag="9b2cf535f27731c9"),
        output_root="s3://photos/output/photos",
        template_uri=None,
        role_arn="arn:aws:iam::111122223333:role/labeling",
        work_team="default",
        title=task_type.title,
        description=task_type.title,
        workers_per_object=workers,
        task_time_limit=task_type.task_time_limit,
        task_availability=86_400,
        max_concurrent=1_000,
        consolidation_algorithm=algorithm,
    )

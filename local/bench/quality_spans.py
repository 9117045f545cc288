"""How good consolidated spans are, beside character votes: `python -m local.bench quality-spans`.

The simple rule marks each character that enough workers marked. Every threshold is tried, as a number of workers and
as a share of them, and the one that the truth shows to be best is the one to beat.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
from groundwork.job.labeling_job import Instructions, LabelingJob, ManifestVersion
from groundwork.task_types import registry
from groundwork.task_types.task_type import Answer, AnsweredObject

from local.bench.span_data import Place, SpanData, read_span_data
from local.bench.span_quality import SpanQuality, average, covered, judge
from local.bench.table import Table

WORKERS = (3, 5, None)
"""Workers of each text; None: all there are."""
SEEDS = range(10)
SHARES = tuple(number / 20 for number in range(1, 21))
LABEL = "entity"
NOW = datetime(2026, 3, 5, 10, 11, 12, tzinfo=UTC)

Spans = list[list[Place]]
"""Spans of each text."""


def measure() -> Sequence[Table]:
    """Compare the ways of consolidation on the data that the environment names."""
    data = read_span_data()
    return [compare(data, workers) for workers in WORKERS]


def compare(data: SpanData, workers: int | None, seeds: Sequence[int] = SEEDS) -> Table:
    """Compare on several random choices of `workers` people for each text."""
    subsets = [data.subset(workers, seed) for seed in (seeds if workers else [0])]

    def figures(ways: Callable[[SpanData], Spans]) -> SpanQuality:
        return average([judge(ways(subset), subset.truth, subset.lengths) for subset in subsets])

    most = max(len(by_worker) for by_worker in subsets[0].marks)
    votes = {f"characters of {least} or more": figures(partial(of_count, least)) for least in range(1, most + 1)}
    shares = {f"characters of {share:.0%} or more": figures(partial(of_share, share)) for share in SHARES}
    best = max(shares.items(), key=lambda item: item[1].characters)
    rows = [*votes.items(), (f"best share: {best[0]}", best[1])]
    rows += [(name, figures(partial(consolidated, name))) for name in ("ground-truth", "default")]
    return Table(
        f"Spans of {workers or 'all'} workers a text against the truth: {len(data.truth)} texts, "
        f"{len(subsets)} choices of workers",
        ("", "characters F1", "precision", "recall", "spans F1", "exact F1"),
        [(name, *_row(quality)) for name, quality in rows],
        ("characters: precision, recall and F1 over all texts; spans: paired at a Jaccard index of 0.5 or more",),
    )


def consolidated(algorithm: str, data: SpanData) -> Spans:
    """Consolidate as a labeling job does: votes of the whole job, then the labels."""
    job = _job(max(map(len, data.marks)), algorithm)
    consolidation = registry.get(job.task_type).consolidation_by(algorithm)
    objects = [_answered(data, number) for number in range(len(data.truth))]
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    estimate = json.loads(json.dumps(consolidation.estimate(votes, job)))
    labels = consolidation.consolidate(objects, estimate, job, NOW)
    found = {label.object_id: label.content[job.label_attribute]["annotations"]["entities"] for label in labels}
    return [
        [(each["startOffset"], each["endOffset"]) for each in found.get(number, [])]
        for number in range(len(data.truth))
    ]


def of_count(least: int, data: SpanData) -> Spans:
    """Mark each character that so many workers marked, or all of a text's workers where it has fewer."""
    return [
        _voted(by_worker, length, min(least, len(by_worker)))
        for by_worker, length in zip(data.marks, data.lengths, strict=True)
    ]


def of_share(share: float, data: SpanData) -> Spans:
    """Mark each character that at least one worker and such a share of the workers marked."""
    return [
        _voted(by_worker, length, max(1, math.ceil(share * len(by_worker) - 1e-9)))
        for by_worker, length in zip(data.marks, data.lengths, strict=True)
    ]


def _voted(by_worker: Mapping[str, Sequence[Place]], length: int, least: int) -> list[Place]:
    votes = np.zeros(length, dtype=np.int64)
    for places in by_worker.values():
        votes += covered(places, length)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], votes >= least, [0]))))
    return [(start, end) for start, end in edges.reshape(-1, 2).tolist()]


def _answered(data: SpanData, number: int) -> AnsweredObject:
    answers = tuple(
        Answer(
            worker,
            {"e": {"entities": [{"startOffset": start, "endOffset": end, "label": LABEL} for start, end in places]}},
        )
        for worker, places in data.marks[number].items()
    )
    # The texts themselves are not part of the data, and only their length plays a part.
    return AnsweredObject(
        number, answers, "s3://texts/answers.json", data_object={"content": " " * data.lengths[number]}
    )


def _row(quality: SpanQuality) -> tuple[str, ...]:
    figures = (quality.characters, quality.precision, quality.recall, quality.found, quality.exact)
    return tuple(f"{figure:.3f}" for figure in figures)


def _job(workers: int, algorithm: str) -> LabelingJob:
    return LabelingJob(
        name="spans",
        arn="arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/spans",
        reference_code="1111222233330a1b2c3d4e5f6071",
        created_at=NOW,
        task_type="NamedEntityRecognition",
        label_attribute="spans",
        labels=(LABEL,),
        instructions=Instructions(short="", full=""),
        manifest=ManifestVersion(uri="s3://texts/objects.manifest", etag="9b2cf535f27731c9"),
        output_root="s3://texts/output/spans",
        template_uri=None,
        role_arn="arn:aws:iam::111122223333:role/labeling",
        work_team="default",
        title="Spans",
        description="Spans",
        workers_per_object=min(workers, 9),
        task_time_limit=3600,
        task_availability=86_400,
        max_concurrent=1_000,
        consolidation_algorithm=algorithm,
    )

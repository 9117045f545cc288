"""Write `quality.json` and `report.html` beside the output manifest of a labeling job that has ended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.exclusion import excluded_workers, without
from groundwork.consolidation.known_answer import known_answer, readable
from groundwork.consolidation.plan import Batch, Plan
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import readable_json
from groundwork.manifest_output.outcomes import Outcome, read_outcome
from groundwork.quality.automation import automation
from groundwork.quality.compared_sample import ComparedSample
from groundwork.quality.estimated_worker import EstimatedWorker
from groundwork.quality.figures import Figures
from groundwork.quality.judged import Judge, JudgedObject
from groundwork.quality.measure import Json
from groundwork.quality.report import report
from groundwork.quality.thumbnails import Thumbnails
from groundwork.task_types.task_type import DEFAULT_ALGORITHM

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore

HasTime = Callable[[], bool]


class QualityOverdueError(RuntimeError):
    """The figures take longer than a function may run."""


def write_quality(at: JobAtHand, has_time: HasTime) -> dict[str, Json] | None:
    """Write the figures and the report, and return the figures; None and no files where nobody answered anything.

    Raises
    ------
    QualityOverdueError
        There was no time left; nothing was written.
    """
    figures = Figures(at.job, at.task_type.agreement, estimated=_estimated(at))
    for item in _objects(at, has_time):
        figures.add(item)
    if not figures.workers:
        return None
    document = {**_heading(at), **figures.document()}
    thumbnails = Thumbnails(lambda uri: _image(at.store, uri))
    page = report(document, {hard["objectId"]: thumbnails.find(hard["dataObject"]) for hard in document["hardest"]})
    at.store.write(at.paths.quality, readable_json(document))
    at.store.write(at.paths.quality_report, page.encode(), "text/html; charset=utf-8")
    agreement, confidence, answers = document["agreement"], document["confidence"], document["answers"]
    at.log.life_cycle(
        at.now(),
        "QUALITY_WRITTEN",
        f"agreement {agreement['mean']}, Krippendorff's alpha {agreement['alpha']}, mean confidence "
        f"{confidence['mean']}, {answers['count']} answers of {len(document['workers'])} workers"
        + (f", {answers['saved']} saved of at most {answers['most']}" if at.job.adaptive else ""),
        agreement=agreement,
        confidence=confidence["mean"],
        answers=answers,
        report=str(at.paths.quality_report),
    )
    return document


def record_failure(at: JobAtHand, reason: str) -> None:
    """Say in the job's log why there are no figures; labels and status are not touched."""
    at.log.life_cycle(at.now(), "QUALITY_FAILED", f"no quality figures: {reason}")


def _heading(at: JobAtHand) -> dict[str, Json]:
    record = at.record
    return {
        "labelingJobName": at.job.name,
        "title": at.job.title,
        "taskType": at.job.task_type,
        "consolidationAlgorithm": at.job.consolidation_algorithm,
        "workersPerDataObject": at.job.workers_per_object,
        **_rule(at.job.adaptive),
        "status": record.status,
        "excludedWorkers": sorted(excluded_workers(at)),
        **({"automation": automation(at)} if at.job.automation is not None else {}),
        "objects": {
            "total": record.objects,
            "labeled": record.labeled,
            "failed": record.failed,
            "unlabeled": record.unlabeled,
            "copied": record.copied,
            "answersMissing": record.short,
        },
    }


def _rule(adaptive: AdaptiveRedundancy | None) -> dict[str, Json]:
    if adaptive is None:
        return {}
    return {"minWorkersPerDataObject": adaptive.min_workers, "targetConfidence": adaptive.target_confidence}


def _estimated(at: JobAtHand) -> Mapping[str, EstimatedWorker]:
    """Read what the default consolidation estimated; a single worker an object is compared with nobody."""
    read = at.task_type.estimated_quality
    if read is None or at.job.consolidation_algorithm != DEFAULT_ALGORITHM or at.job.workers_per_object == 1:
        return {}
    estimate = at.store.find_json(at.paths.worker_quality)
    return read(estimate) if estimate else {}


def _objects(at: JobAtHand, has_time: HasTime) -> Iterator[JudgedObject]:
    """Go through the answered data objects batch by batch; one that was collected twice after a crash counts once."""
    labeled = set(at.store.keys(at.paths.labels_prefix))
    seen, excluded = set[int](), excluded_workers(at)
    judge = Judge(
        at.job,
        at.task_type.agreement,
        known=lambda known: known_answer(at.task_type.gold, known, at.job, at.store),
        read_file=lambda address: readable(at.store, address),
        sample=ComparedSample(at.record.objects),
    )
    for batch in _batches(at):
        if not has_time():
            raise QualityOverdueError("the figures take longer than 15 minutes, which a function may run")
        labels = at.paths.labels(batch.shard, batch.plan, batch.number)
        outcomes = _outcomes(at.store, labels) if labels.key in labeled else {}
        ready = {item.object_id: item.ready_at for item in batch.objects}
        for collected in _collected(at, batch):
            if collected.object_id in seen:
                continue
            seen.add(collected.object_id)
            kept = without(collected, excluded)
            if kept is None:
                continue
            outcome = outcomes.get(collected.object_id)
            yield judge.read(kept, outcome, iteration=batch.iteration, ready_at=ready[collected.object_id])


def _batches(at: JobAtHand) -> Iterator[Batch]:
    prefix = at.paths.plans_prefix
    for key in sorted(at.store.keys(prefix)):
        for batch in Plan.model_validate(at.store.read_json(S3Uri(prefix.bucket, key))).batches:
            if batch.objects and not batch.again:
                yield batch


def _collected(at: JobAtHand, batch: Batch) -> Iterator[CollectedObject]:
    # A job that failed between collecting and planning has planned batches that nobody collected.
    content = at.store.find(at.paths.collected(batch.shard, batch.plan, batch.number)) or b""
    for line in content.splitlines():
        yield CollectedObject.model_validate(json.loads(line))


def _outcomes(store: ObjectStore, uri: S3Uri) -> dict[int, Outcome]:
    return dict(map(read_outcome, store.read(uri).splitlines()))


def _image(store: ObjectStore, uri: S3Uri) -> bytes | None:
    return store.read(uri) if store.head(uri).size <= Thumbnails.LARGEST else None

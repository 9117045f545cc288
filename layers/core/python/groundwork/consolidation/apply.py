"""The last step of consolidation: labels of one batch, by our algorithm or from the customer's Lambda."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.exclusion import excluded_workers, without
from groundwork.consolidation.plan import Batch
from groundwork.consolidation.response import ConsolidationResponse, parse_response, response_file
from groundwork.job.job_at_hand import JobAtHand
from groundwork.manifest_output.failure import ALL_EXCLUDED, NO_USABLE_ANSWER
from groundwork.manifest_output.outcomes import Failed, Labeled, write_outcome
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a batch."""

    labeled: int
    failed: int
    warnings: tuple[str, ...] = ()


def apply(at: JobAtHand, batch: Batch, response: Json | None, *, by_function: bool) -> Applied:
    """Write the labels of a batch and mark its data objects done; a repetition writes the same files.

    `response` is what the customer's post-annotation Lambda returned, when `by_function`.
    """
    collected = _read(at, batch)
    result = _from_function(at, collected, response) if by_function else _consolidated(at, collected)
    uri = at.paths.consolidation_response(batch.iteration, batch.time)
    if collected:
        at.store.write_json(uri, response if by_function else response_file(result.labels))
    for label in result.labels:
        for file in label.files:
            at.store.write(file.uri, file.content, file.content_type)
    lines = [write_outcome(label.object_id, Labeled(label.content)) for label in result.labels]
    lines += [write_outcome(object_id, Failed(reason)) for object_id, reason in sorted(result.failures.items())]
    expired = [item for item in batch.unanswered if item.reason is not None]
    lines += [write_outcome(item.object_id, Failed(item.reason or "")) for item in expired]
    labels = at.paths.labels(batch.shard, batch.plan, batch.number)
    at.store.write(labels, b"".join(lines), "application/x-ndjson")
    if not batch.again:
        entries = [item.entry for item in batch.objects] + [item.entry for item in batch.unanswered]
        at.queue.mark_done(entries)
    return Applied(len(result.labels), len(result.failures) + len(expired), tuple(result.warnings))


def _read(at: JobAtHand, batch: Batch) -> list[CollectedObject]:
    if not batch.objects:
        return []
    content = at.store.read(at.paths.collected(batch.shard, batch.plan, batch.number))
    return [CollectedObject.model_validate(json.loads(line)) for line in content.splitlines()]


def _from_function(at: JobAtHand, collected: Sequence[CollectedObject], response: Json) -> ConsolidationResponse:
    return parse_response(response, {item.object_id: item.missing for item in collected}, at.job, at.moment())


def _consolidated(at: JobAtHand, collected: Sequence[CollectedObject]) -> ConsolidationResponse:
    estimate = at.store.find_json(at.paths.worker_quality)
    excluded = excluded_workers(at)
    kept = {item.object_id: without(item, excluded) for item in collected}
    objects = [item.answered() for item in kept.values() if item is not None]
    labels = at.consolidation.consolidate(objects, estimate, at.job, at.moment())
    labeled = {label.object_id for label in labels}
    failures = {item.object_id: NO_USABLE_ANSWER for item in objects if item.object_id not in labeled}
    failures |= {object_id: ALL_EXCLUDED for object_id, item in kept.items() if item is None}
    return ConsolidationResponse(labels, failures)

"""What Ground Truth keeps of each iteration under both `intermediate` folders (spec: data-formats §7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from groundwork.consolidation.plan import Batch, Plan
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json
from groundwork.manifest_output.outcomes import Labeled, read_outcome


def keep_manifest(at: JobAtHand, done: int, *, finished: bool) -> None:
    """Copy the manifest aside as the state after the latest iteration that has ended."""
    iterations = -(-done // at.job.max_concurrent) if finished else done // at.job.max_concurrent
    if iterations:
        at.store.copy(at.paths.output_manifest, at.paths.intermediate_manifest(iterations))


def keep_annotations(at: JobAtHand) -> None:
    """Write each iteration's data objects with their labels, when the job ends and the labels are final.

    Gold objects are left out: what people say of them is no label of the job.
    """
    batches = sorted(_batches(at), key=attrgetter("iteration"))
    for iteration, group in groupby(batches, key=attrgetter("iteration")):
        lines = {number: line for batch in group for number, line in _lines(at, batch)}
        content = b"".join(lines[number] + b"\n" for number in sorted(lines))
        at.store.write(at.paths.intermediate_annotations(iteration), content, "application/x-ndjson")


def _batches(at: JobAtHand) -> Iterator[Batch]:
    """Read the batches of all plans, leaving out those that a crash kept from being labeled."""
    labeled = set(at.store.keys(at.paths.labels_prefix))
    for content in at.store.read_many(_files(at, at.store.keys(at.paths.plans_prefix))):
        for batch in Plan.model_validate_json(content).batches:
            if batch.objects and not batch.again and _labels(at, batch).key in labeled:
                yield batch


def _lines(at: JobAtHand, batch: Batch) -> Iterator[tuple[int, bytes]]:
    collected = at.paths.collected(batch.shard, batch.plan, batch.number)
    answered, labels = at.store.read_many([collected, _labels(at, batch)])
    found = map(json.loads, answered.splitlines())
    inputs = {item["object"]: item["dataObject"] for item in found if item.get("gold") is None}
    for line in labels.splitlines():
        number, outcome = read_outcome(line)
        if isinstance(outcome, Labeled) and number in inputs:
            (value,) = inputs[number].values()
            yield number, compact_json({"datasetObjectId": str(number), "inputAttribute": value, **outcome.content})


def _labels(at: JobAtHand, batch: Batch) -> S3Uri:
    return at.paths.labels(batch.shard, batch.plan, batch.number)


def _files(at: JobAtHand, keys: Iterable[str]) -> list[S3Uri]:
    return [S3Uri(at.paths.root.bucket, key) for key in sorted(keys)]

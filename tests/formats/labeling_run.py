"""A labeling job from manifest to manifest over the pure core: what the stages do, without their storage."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundwork.consolidation.collected import CollectedObject
from groundwork.consolidation.request import consolidation_request
from groundwork.consolidation.response import parse_response
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.manifest_output.failure import NO_USABLE_ANSWER, declined
from groundwork.manifest_output.lines import output_line
from groundwork.manifest_output.outcomes import Copied, Failed, Labeled, Outcome, Unlabeled
from groundwork.pre_annotation.records import CheckedLine, Pending, TaskInputRecord, annotate, first_pass
from groundwork.prepare_job.lines import FailedLine, LineRules, check_line
from groundwork.task_types import registry
from groundwork.task_types.task_type import AnsweredTask

from tests.formats.jobs import NOW

FOLDER = Path(__file__).parent


def read(case: str, name: str) -> Any:
    """A JSON file of a case; empty when the case has none."""
    path = FOLDER / case / name
    return json.loads(path.read_text()) if path.exists() else {}


def run(case: str, job: LabelingJob, *, pre: Callable[[Any], Any] | None = None) -> bytes:
    """The output manifest of a case's input, answers and declines."""
    lines = (FOLDER / case / "input.manifest").read_bytes().splitlines(keepends=True)
    return label(
        lines,
        job,
        answers=read(case, "answers.json"),
        declines=read(case, "declines.json"),
        response=read(case, "response.json"),
        pre=pre,
    )


def label(
    lines: list[bytes],
    job: LabelingJob,
    *,
    answers: dict[str, Any],
    declines: dict[str, list[str]] | None = None,
    response: Any = None,
    pre: Callable[[Any], Any] | None = None,
) -> bytes:
    """The output manifest after all `answers` and `declines` (object id → worker id → answer, or reasons) are in."""
    task_type = registry.get(job.task_type)
    outcomes: dict[int, Outcome] = {}
    collected: list[CollectedObject] = []
    for object_id, raw in enumerate(lines):
        record = _record(object_id, raw, job, pre)
        given = answers.get(str(object_id))
        if record.state == "copied":
            outcomes[object_id] = Copied()
        elif record.state == "failed":
            outcomes[object_id] = Failed(record.reason or "")
        elif declines and str(object_id) in declines:
            outcomes[object_id] = Failed(declined(declines[str(object_id)]))
        elif given:
            collected.append(_collected(record, given, job))
    outcomes |= _consolidated(collected, job, response)
    return b"".join(
        output_line(raw, outcomes.get(object_id, Unlabeled()), job, task_type.metadata_type, NOW)
        for object_id, raw in enumerate(lines)
    )


def _record(object_id: int, raw: bytes, job: LabelingJob, pre: Callable[[Any], Any] | None) -> TaskInputRecord:
    task_type = registry.get(job.task_type)
    rules = LineRules(task_type.source_keys, frozenset({"harbor-in", "utility-in"}), task_type.extensions)

    def check(line: bytes) -> CheckedLine:
        found = check_line(line.rstrip(b"\r\n"), rules)
        if isinstance(found, FailedLine):
            return CheckedLine(found.data, found.reason)
        assert isinstance(found, dict), found
        return CheckedLine(found)

    made = first_pass(object_id, raw, job, task_type, check)
    if isinstance(made, Pending):
        assert pre is not None
        return annotate(made, pre).record
    return made


def _collected(record: TaskInputRecord, given: dict[str, Any], job: LabelingJob) -> CollectedObject:
    for answer in given.values():
        registry.get(job.task_type).check_answer(answer, AnsweredTask(job, lambda: record.task_input or {}))
    return CollectedObject.model_validate(
        {
            "object": record.object_id,
            "entry": record.object_id,
            "dataObject": record.data_object,
            "answers": [{"workerId": worker, "answerContent": answer} for worker, answer in given.items()],
            "responseUri": str(JobPaths(job.output).worker_response(1, record.object_id, NOW)),
            "missing": job.workers_per_object - len(given),
        }
    )


def _consolidated(collected: list[CollectedObject], job: LabelingJob, response: Any) -> dict[int, Outcome]:
    objects = [item.answered() for item in collected]
    if job.functions.post is not None:
        request = consolidation_request(collected, lambda object_id, worker: f"s3://unused/{object_id}/{worker}")
        assert [item["datasetObjectId"] for item in request.payload] == [str(item.object_id) for item in collected]
        result = parse_response(response, {item.object_id: item.missing for item in objects}, job, NOW)
        labeled: dict[int, Outcome] = {label.object_id: Labeled(label.content) for label in result.labels}
        return labeled | {object_id: Failed(reason) for object_id, reason in result.failures.items()}
    consolidation = registry.get(job.task_type).consolidation_by(job.consolidation_algorithm)
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in objects
        for answer in item.answers
        if (vote := consolidation.vote(answer.content, job)) is not None
    ]
    labels = consolidation.consolidate(objects, consolidation.estimate(votes, job), job, NOW)
    unusable: dict[int, Outcome] = {item.object_id: Failed(NO_USABLE_ANSWER) for item in objects}
    return unusable | {label.object_id: Labeled(label.content) for label in labels}

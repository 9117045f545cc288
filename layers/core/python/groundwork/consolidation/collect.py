"""The first step of consolidation: the answers of a batch, from one file a worker to one line an object."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from groundwork.consolidation.collected import CollectedAnswer, CollectedObject
from groundwork.consolidation.known_answer import known_answer
from groundwork.consolidation.plan import Batch, Plan, PlannedObject
from groundwork.consolidation.request import consolidation_request
from groundwork.consolidation.worker_response import StoredAnswer, worker_response
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.json_text import compact_json
from groundwork.task_types.task_type import GOLD_VOTER, Json


def read_batch(at: JobAtHand, plan: str, index: int) -> Batch:
    """Read one batch of a plan."""
    return Plan.model_validate(at.store.read_json(at.paths.plan(plan))).batches[index]


def collect(at: JobAtHand, batch: Batch) -> int:
    """Write the batch's worker-response files, its request file, its compact answers and its votes.

    Names come from the plan, so a repetition writes the same files. Tells how many answers there are.
    """
    if batch.again or not batch.objects:
        return 0
    answers = _read_answers(at, batch)
    collected = [_collected(at, batch, item, answers[item.object_id], line) for item, line in _with_lines(at, batch)]
    at.store.write_many(
        (_response_uri(at, batch, item), compact_json(worker_response(answers[item.object_id])))
        for item in batch.objects
    )
    _write_request(at, batch, collected)
    votes = [
        (item.object_id, answer.worker_id, vote)
        for item in collected
        for answer in item.answers
        if (vote := at.consolidation.vote(answer.answer_content, at.job)) is not None
    ]
    votes += [
        (item.object_id, GOLD_VOTER, vote)
        for item in collected
        if (answer := known_answer(at.task_type.gold, item.gold, at.job, at.store)) is not None
        and (vote := at.consolidation.vote(answer, at.job)) is not None
    ]
    if votes:
        at.store.write_json(at.paths.votes(batch.plan, batch.number), votes)
    content = b"\n".join(item.to_line() for item in collected)
    at.store.write(at.paths.collected(batch.shard, batch.plan, batch.number), content, "application/x-ndjson")
    return sum(len(item.answers) for item in collected)


def _read_answers(at: JobAtHand, batch: Batch) -> dict[int, list[StoredAnswer]]:
    pairs = [(item.object_id, worker) for item in batch.objects for worker in item.workers]
    contents = at.store.read_many(at.paths.answer(object_id, worker) for object_id, worker in pairs)
    found: dict[int, list[StoredAnswer]] = {item.object_id: [] for item in batch.objects}
    for (object_id, _), content in zip(pairs, contents, strict=True):
        found[object_id].append(StoredAnswer.model_validate_json(content))
    return found


def _with_lines(at: JobAtHand, batch: Batch) -> list[tuple[PlannedObject, dict[str, Json]]]:
    """Pair the batch's objects with their lines of the shard's task inputs."""
    lines = at.store.read(at.paths.task_input(batch.shard)).splitlines()
    records = {record["object"]: record for record in map(json.loads, lines)}
    return [(item, records[item.object_id]) for item in batch.objects]


def _collected(
    at: JobAtHand, batch: Batch, item: PlannedObject, answers: list[StoredAnswer], line: dict[str, Json]
) -> CollectedObject:
    return CollectedObject(
        object_id=item.object_id,
        entry=item.entry,
        data_object=line["dataObject"],
        gold=line.get("gold"),
        answers=tuple(
            CollectedAnswer(
                worker_id=answer.worker_id,
                answer_content=answer.answer_content,
                time_spent=round(answer.time_spent_in_seconds, 3),
            )
            for answer in sorted(answers, key=lambda answer: answer.worker_id)
        ),
        response_uri=str(_response_uri(at, batch, item)),
        missing=item.missing,
    )


def _response_uri(at: JobAtHand, batch: Batch, item: PlannedObject) -> S3Uri:
    """Name the worker-response file after the moment the object became ready: one file, however often it is written."""
    moment = datetime.fromtimestamp(item.ready_at, UTC)
    return at.paths.worker_response(batch.iteration, item.object_id, moment)


def _write_request(at: JobAtHand, batch: Batch, collected: list[CollectedObject]) -> None:
    request = consolidation_request(
        collected,
        lambda object_id, worker: str(at.paths.large_answer(batch.iteration, batch.time, object_id, worker)),
    )
    at.store.write_many((S3Uri.parse(uri), content) for uri, content in request.by_reference.items())
    at.store.write_json(at.paths.consolidation_request(batch.iteration, batch.time), request.payload)

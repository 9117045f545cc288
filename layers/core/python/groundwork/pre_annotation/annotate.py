"""The stage that makes tasks of a shard's lines, with the customer's own Lambda where the job has one."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from groundwork.consolidation.known_answer import readable
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.pre_annotation.gold import check_file
from groundwork.pre_annotation.records import (
    CheckedLine,
    LineCheck,
    Pending,
    TaskInputRecord,
    annotate,
    failed_line,
    first_pass,
    shard_file,
)
from groundwork.pre_annotation.request import pre_annotation_request
from groundwork.prepare_job.lines import FailedLine, LineRules, RefusedLine, check_line
from groundwork.prepare_job.sharding import Shard, ShardList, read_shard
from groundwork.task_types.task_type import Json, UnusableLineError

THREADS = 20
"""Calls of the customer's Lambda at a time, so that a shard does not use up an account's concurrency."""

Invoke = Callable[[dict[str, Json]], Json]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the shard is; `done` is false when the function's own deadline came first."""

    done: bool
    tasks: int = 0
    failed: int = 0
    copied: int = 0
    warnings: tuple[str, ...] = ()


def annotate_shard(at: JobAtHand, shard: int, rules: LineRules, invoke: Invoke | None, deadline: float) -> Progress:
    """Write the task inputs of a shard; a repetition writes the same.

    With a customer's Lambda, what it answered is kept in a checkpoint when `deadline` (epoch seconds) comes
    near, and the stage is called again.
    """
    lines = _shard_lines(at, shard)
    passed = [first_pass(number, raw, at.job, at.task_type, line_check(rules)) for number, raw in lines]
    passed = _with_gold_files(at, passed)
    noticed = tuple(
        f"line {record.object_id + 1}: {record.warning}"
        for record in passed
        if isinstance(record, TaskInputRecord) and record.warning is not None
    )
    pending = [record for record in passed if isinstance(record, Pending)]
    answered, warnings = _answers(at, shard, pending, invoke, deadline)
    if len(answered) < len(pending):
        return Progress(done=False, warnings=warnings)
    records = [record if isinstance(record, TaskInputRecord) else answered[record.object_id] for record in passed]
    content, index = shard_file(shard, records)
    at.store.write(at.paths.task_input(shard), content, "application/x-ndjson")
    # The index is written last: where it is, the shard is done.
    at.store.write_json(at.paths.task_input_index(shard), index.model_dump())
    return Progress(True, len(index.tasks), index.failed, index.copied, noticed + warnings)


def line_check(rules: LineRules) -> LineCheck:
    """Judge lines as prepare_job does; a line it let pass is never refused here."""

    def check(raw: bytes) -> CheckedLine:
        verdict = check_line(raw, rules)
        if isinstance(verdict, FailedLine):
            return CheckedLine(verdict.data, verdict.reason)
        if isinstance(verdict, RefusedLine):
            return CheckedLine({}, f"ClientError: {verdict.message}")
        return CheckedLine(verdict)

    return check


def _shard_lines(at: JobAtHand, number: int) -> list[tuple[int, bytes]]:
    shard: Shard = ShardList.model_validate(at.store.read_json(at.paths.shards)).shards[number]
    manifest = at.job.manifest
    content = at.store.read(S3Uri.parse(manifest.uri), start=shard.start, end=shard.end, pin=manifest)
    return read_shard(shard, content)


def _with_gold_files(at: JobAtHand, passed: list[TaskInputRecord | Pending]) -> list[TaskInputRecord | Pending]:
    """Fail the gold objects whose known answer points to a file that is not there or is no answer."""
    answers = at.task_type.gold
    if answers is None:
        return passed

    def check(record: TaskInputRecord | Pending) -> TaskInputRecord | Pending:
        if isinstance(record, Pending) or record.gold is None:
            return record
        try:
            check_file(record.gold, at.job, answers, partial(readable, at.store))
        except UnusableLineError as error:
            return failed_line(record.object_id, error)
        return record

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(check, passed))


def _answers(
    at: JobAtHand, shard: int, pending: list[Pending], invoke: Invoke | None, deadline: float
) -> tuple[dict[int, TaskInputRecord], tuple[str, ...]]:
    """Ask the customer's Lambda for every pending line, as far as time allows."""
    if invoke is None or not pending:
        return {}, ()
    known = _checkpoint(at, shard)
    warnings: list[str] = []

    def ask(line: Pending) -> TaskInputRecord | None:
        if at.now() >= deadline:
            return None
        result = annotate(line, lambda data: invoke(pre_annotation_request(at.job, data)))
        warnings.extend(f"object {line.object_id}: {warning}" for warning in result.warnings)
        return result.record

    todo = [line for line in pending if line.object_id not in known]
    with ThreadPoolExecutor(THREADS) as pool:
        for record in pool.map(ask, todo):
            if record is not None:
                known[record.object_id] = record
    if len(known) < len(pending):
        at.store.write(at.paths.task_input_checkpoint(shard), b"\n".join(r.to_line() for r in known.values()))
    return known, tuple(warnings)


def _checkpoint(at: JobAtHand, shard: int) -> dict[int, TaskInputRecord]:
    uri = at.paths.task_input_checkpoint(shard)
    if uri.key not in at.store.keys(uri):
        return {}
    records = [TaskInputRecord.model_validate(json.loads(line)) for line in at.store.read(uri).splitlines()]
    return {record.object_id: record for record in records}

"""State PreAnnotationShard."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.pre_annotation.annotate import annotate_shard
from groundwork.prepare_job.prepare import line_rules

from functions import wiring
from functions.job_event import Response, ShardEvent
from functions.observability import logger

RESERVE_SECONDS = 90
"""Kept before the function's own deadline: one call of a customer's Lambda (60 s) and the checkpoint."""

MOST_WARNINGS = 20
"""Of a shard, in the job's log: an event holds 256 KB."""


@logger.inject_lambda_context
@event_parser(model=ShardEvent)
def handler(event: ShardEvent, context: LambdaContext) -> Response:
    """Make the task inputs of a shard; `done` is false when time ran out and the state has to come again."""
    at = wiring.at_hand(event.job_key, "pre_annotation")
    function = at.job.functions.pre
    invoke = wiring.annotation_function(function) if function else None
    deadline = at.now() + context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS
    rules = line_rules(at, wiring.drop_context().readable_buckets)
    progress = annotate_shard(at, event.shard, rules, invoke, deadline)
    at.log.stage(
        at.now(),
        "SHARD_PRE_ANNOTATED" if progress.done else "SHARD_CHECKPOINT",
        f"shard {event.shard}: {progress.tasks} tasks, {progress.failed} failed, {progress.copied} copied through",
        shard=event.shard,
        tasks=progress.tasks,
        failed=progress.failed,
        copied=progress.copied,
        warnings=progress.warnings[:MOST_WARNINGS],
        warningsInAll=len(progress.warnings),
    )
    return {"done": progress.done}

"""State PrepareJob."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.paths import DropPaths
from groundwork.job.problems import Problem, error_document
from groundwork.json_text import readable_json
from groundwork.prepare_job.prepare import prepare

from functions import wiring
from functions.job_event import ExecutionEvent, Response
from functions.observability import count_end, logger


@logger.inject_lambda_context
@event_parser(model=ExecutionEvent)
def handler(event: ExecutionEvent, context: LambdaContext) -> Response:
    """Cut the manifest into shards, or go on where a former execution stopped."""
    at = wiring.at_hand(event.job_key, "prepare_job")
    prepared = prepare(at, wiring.drop_context().readable_buckets, rebuild_queue=event.rebuild)
    if prepared.problems:
        _refuse(at, prepared.problems)
        return {"loop": 0, "sound": False}
    at.jobs.change(at.job.key, at.now(), objects=prepared.objects, rebuilding=False)
    rebuilt = prepared.rebuilt
    at.log.stage(
        at.now(),
        "MANIFEST_READ" if rebuilt is None else "QUEUE_REBUILT",
        f"{prepared.objects} data objects in {prepared.shards} shards"
        + (f"; {rebuilt.answers} answers found in S3, {rebuilt.mended} tasks mended" if rebuilt else ""),
        objects=prepared.objects,
        shards=prepared.shards,
        execution=event.execution,
    )
    return {"loop": 0, "sound": True}


def _refuse(at: JobAtHand, problems: tuple[Problem, ...]) -> None:
    """Fail a job whose manifest can't be read, before anybody saw a task."""
    errors = DropPaths(wiring.environment().jobs_bucket, at.record.folder).errors
    at.store.write(errors, readable_json(error_document(at.job.name, problems, at.moment())))
    reason = f"ClientError: the manifest has {len(problems)} problems, see {errors}. {problems[0]}"[:1_024]
    at.jobs.change(at.job.key, at.now(), status="Failed", failure_reason=reason)
    at.jobs.leave_lists(at.record)
    at.log.life_cycle(at.now(), "LABELING_JOB_STATE", f"labeling job is Failed: {reason}", status="Failed")
    wiring.events().publish(at.job.arn, "Failed")
    count_end(at.job.task_type, "Failed")

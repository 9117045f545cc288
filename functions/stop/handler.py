"""Stopping a labeling job: an object `<job>/stop` in the jobs bucket, or an event `Stop Labeling Job`."""

from __future__ import annotations

from aws_lambda_powertools.utilities.data_classes import EventBridgeEvent, event_source
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.sagemaker.running_jobs import stop_running_jobs
from groundwork.job.paths import DropPaths
from groundwork.task_dispatch.stop import GRACE_SECONDS, stop

from functions import wiring
from functions.job_event import Response
from functions.observability import logger


@logger.inject_lambda_context
@event_source(data_class=EventBridgeEvent)
def handler(event: EventBridgeEvent, context: LambdaContext) -> Response:
    """Stop the job; no effect on one that has ended, as Ground Truth's StopLabelingJob has none."""
    marked = event.detail_type == "Object Created"
    name = event.detail["object"]["key"].split("/")[0] if marked else event.detail["LabelingJobName"]
    if wiring.jobs().find(name.lower()) is None:
        logger.warning("asked to stop a job that does not exist", job=name)
        return {"stopping": False}
    at = wiring.at_hand(name.lower(), "stop")
    stopping = stop(at, wiring.machine())
    if stopping:
        stopped = stop_running_jobs(at, wiring.training_service()) if wiring.environment().sagemaker else ()
        if stopped:
            at.log.stage(at.now(), "TRAINING_STOPPED", f"stopped at SageMaker: {', '.join(stopped)}")
        at.log.life_cycle(
            at.now(),
            "LABELING_JOB_STATE",
            "labeling job is Stopping: no new tasks; tasks in workers' hands may be submitted for "
            f"{GRACE_SECONDS // 60} minutes",
            status="Stopping",
        )
    if marked:
        wiring.store().delete(DropPaths(wiring.environment().jobs_bucket, name).stop_marker)
    return {"stopping": stopping}

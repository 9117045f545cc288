"""State ManifestOutput."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.status import LabelingJobStatus
from groundwork.manifest_output.finish import finish, publish_progress
from groundwork.select_batch.stopping import OVERDUE, condition_reached, is_overdue

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.manifest_output.tell import exports_of, tell
from functions.observability import logger


class OutputEvent(JobEvent):
    """Whether this is the last round."""

    finished: bool


@logger.inject_lambda_context
@event_parser(model=OutputEvent)
def handler(event: OutputEvent, context: LambdaContext) -> Response:
    """Publish the output manifest; end the job when nothing is left."""
    at = wiring.at_hand(event.job_key, "manifest_output")
    if event.finished:
        status = _final_status(at)
        reason = (at.record.failure_reason or OVERDUE) if status is LabelingJobStatus.FAILED else None
        published = finish(at, status, wiring.events(), wiring.schedule(), reason)
    else:
        published = publish_progress(at)
    tell(at.job, published, ended_before=at.record.finished)
    exports = exports_of(at.job, published)
    return {"exports": exports} if event.finished and exports else {}


def _final_status(at: JobAtHand) -> LabelingJobStatus:
    if at.record.finished:
        return LabelingJobStatus(at.record.status)
    if at.record.status == LabelingJobStatus.STOPPING:
        return LabelingJobStatus.STOPPED
    window = at.queue.window()
    if window.stopping and is_overdue(at.job, at.now()):
        return LabelingJobStatus.FAILED
    if condition_reached(window):
        conditions = at.job.stop_conditions.model_dump(exclude_none=True)
        at.log.life_cycle(
            at.now(), "STOPPING_CONDITION_REACHED", f"a stopping condition is met: {conditions}", conditions=conditions
        )
        return LabelingJobStatus.STOPPED
    return LabelingJobStatus.COMPLETED

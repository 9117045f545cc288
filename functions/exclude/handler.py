"""Leaving out what some workers answered, without asking anybody again.

A job that runs takes note at its next consolidation, and at its end for every label. One that is Completed or Stopped
goes through its last round once more, in an execution of its own: estimate, labels, output manifest, figures, exports.
"""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.consolidation.exclusion import exclude
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.status import LabelingJobStatus
from pydantic import Field

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import logger

CONSOLIDATED_BY_FUNCTION = "its answers are consolidated by a function of the customer, which is asked once"
FAILED = "it failed: drop its output manifest as the manifest of a new job"
AT_WORK = "its last execution is still at work; try again when it has ended"


class ExcludeEvent(JobEvent):
    """Everybody who is to be left out; empty: nobody, any more."""

    workers: tuple[str, ...] = Field(max_length=1_000)


@logger.inject_lambda_context
@event_parser(model=ExcludeEvent)
def handler(event: ExcludeEvent, context: LambdaContext) -> Response:
    """Keep whom to leave out, and consolidate a job that has ended once more."""
    if wiring.jobs().find(event.job_key) is None:
        return {"excluded": False, "reason": "there is no such job"}
    at = wiring.at_hand(event.job_key, "exclude")
    reason = _refusal(at)
    if reason is not None:
        return {"excluded": False, "reason": reason}
    exclude(at, tuple(sorted(set(event.workers))))
    at.log.life_cycle(
        at.now(), "WORKERS_EXCLUDED", f"left out: {', '.join(event.workers) or 'nobody'}", workers=event.workers
    )
    if at.record.finished:
        _consolidate_again(at)
    return {"excluded": True, "again": at.record.finished}


def _refusal(at: JobAtHand) -> str | None:
    if at.job.functions.post is not None:
        return CONSOLIDATED_BY_FUNCTION
    if at.record.status == LabelingJobStatus.FAILED:
        return FAILED
    if at.record.finished and wiring.machine().running(at.record.key, at.record.execution):
        return AT_WORK
    return None


def _consolidate_again(at: JobAtHand) -> None:
    # The number names the plan of the round, so it is written first.
    number = at.record.execution + 1
    at.jobs.change(at.job.key, at.now(), execution=number)
    started = wiring.machine().start(at.job.key, number, rebuild=False)
    if started != number:
        at.jobs.change(at.job.key, at.now(), execution=started)

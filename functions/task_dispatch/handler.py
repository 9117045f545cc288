"""State TaskDispatch: waits for people on a task token."""

from __future__ import annotations

from datetime import UTC, datetime

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.job.job_at_hand import JobAtHand
from groundwork.task_dispatch.dispatch import Dispatched, dispatch

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import job_metric, logger


class TokenEvent(JobEvent):
    """The token that lets the machine go on."""

    token: str


@logger.inject_lambda_context
@event_parser(model=TokenEvent)
def handler(event: TokenEvent, context: LambdaContext) -> Response:
    """Open the window and keep the token.

    AWS fails the task when this function raises; where that is not so, the machine would wait an hour, so
    the token is failed here.
    """
    try:
        at = wiring.at_hand(event.job_key, "task_dispatch")
        done = dispatch(at, wiring.machine(), wiring.schedule(), event.token)
        _tell(at, done)
    except Exception as error:
        wiring.machine().fail(event.token, type(error).__name__, str(error))
        raise
    return {"reason": done.reason}


def _tell(at: JobAtHand, done: Dispatched) -> None:
    window = done.window
    job_metric("OpenDataObjects", window.open, at.job.name)
    if window.opened and not at.record.tasks_created:
        at.jobs.change(at.job.key, at.now(), tasks_created=True)
        _notify(at)
    if done.reason is not None:
        return
    since = window.last_ready_at or at.record.created_at
    at.log.stage(
        at.now(),
        "WAITING_FOR_WORKERS",
        f"{window.open} data objects are open to work team {at.job.work_team}; "
        f"{window.ready} of {window.for_people} have their answers, nothing new since "
        f"{datetime.fromtimestamp(since, UTC):%Y-%m-%d %H:%M:%SZ}",
        open=window.open,
        ready=window.ready,
        total=window.for_people,
        since=since,
        closed=done.closed,
        stopping=window.stopping,
    )


def _notify(at: JobAtHand) -> None:
    """Tell the work team; people work without a notice too, so one that can't be sent holds nobody up."""
    try:
        wiring.worker_notices().job_available(at.job, at.now())
    except Exception:
        logger.exception("the work team was not told", job=at.job.key)

"""The clock of a waiting job: invoked by its one-off schedule."""

from __future__ import annotations

import time

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.aws.queue import Queue
from groundwork.task_dispatch.progress import wake_if_due

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import deployment_metric, job_metric, logger


@logger.inject_lambda_context
@event_parser(model=JobEvent)
def handler(event: JobEvent, context: LambdaContext) -> Response:
    """Wake the machine if something is due; otherwise set the clock to the next moment at which it can be."""
    record = wiring.jobs().find(event.job_key)
    if record is None or record.finished:
        return {"reason": None}
    window, now = Queue(wiring.table(), event.job_key).window(), time.time()
    reason = wake_if_due(window, wiring.machine(), now)
    job_metric("OpenDataObjects", window.open, record.name)
    idle = now - (window.last_ready_at or record.created_at)
    job_metric("SecondsSinceLastReadyObject", idle, record.name, MetricUnit.Seconds)
    # Also without the job's name: an alarm takes the largest of all jobs.
    deployment_metric("SecondsSinceLastReadyObject", idle, MetricUnit.Seconds)
    wiring.schedule().set(event.job_key, window.next_look(now))
    return {"reason": reason}

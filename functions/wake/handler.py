"""The clock of a waiting job: invoked by its one-off schedule."""

from __future__ import annotations

import time

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.aws.queue import Queue
from groundwork.task_dispatch.progress import wake_if_due

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import job_metric, logger


@logger.inject_lambda_context
@event_parser(model=JobEvent)
def handler(event: JobEvent, context: LambdaContext) -> Response:
    """Wake the machine if something is due; otherwise set the clock to the next moment at which it can be."""
    record = wiring.jobs().find(event.job_key)
    if record is None or record.finished:
        return {"reason": None}
    queue, now = Queue(wiring.table(), event.job_key), time.time()
    reason = wake_if_due(queue, wiring.machine(), now)
    window = queue.window()
    job_metric("OpenDataObjects", window.open, record.name)
    job_metric("SecondsSinceLastReadyObject", now - (window.last_ready_at or record.created_at), record.name)
    wiring.schedule().set(event.job_key, window.next_look(now))
    return {"reason": reason}

"""Going on with a job in a new execution: after a crash, or when one execution has had enough events."""

from __future__ import annotations

import time

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.job.record import JobRecord
from pydantic import BaseModel, ConfigDict, Field

from functions import wiring
from functions.job_event import Response
from functions.observability import logger


class ResumeEvent(BaseModel):
    """One job, or every unfinished one. `execution` is the caller's own, which is about to end."""

    model_config = ConfigDict(frozen=True)

    job_key: str | None = Field(default=None, alias="jobKey")
    execution: int | None = None


@logger.inject_lambda_context
@event_parser(model=ResumeEvent)
def handler(event: ResumeEvent, context: LambdaContext) -> Response:
    """Start the next execution of each job whose latest one is not at work."""
    records = [wiring.jobs().get(event.job_key)] if event.job_key else wiring.jobs().unfinished()
    resumed = [record.name for record in records if _resume(record, event.execution)]
    logger.info("resumed", jobs=resumed)
    return {"resumed": resumed}


def _resume(record: JobRecord, ending: int | None) -> bool:
    if record.finished:
        return False
    if record.execution != ending and wiring.machine().running(record.key, record.execution):
        return False
    planned = record.execution == ending
    changed = wiring.jobs().change(record.key, time.time(), execution=record.execution + 1, rebuilding=not planned)
    if changed is None:
        return False
    number = wiring.machine().start(record.key, changed.execution, rebuild=not planned)
    if number != changed.execution:
        wiring.jobs().change(record.key, time.time(), execution=number)
    return True

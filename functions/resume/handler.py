"""Going on with a job in a new execution: after a crash, or when one execution has had enough events.

Jobs that the queue table has forgotten are found in the jobs bucket and dropped again: ingestion records them,
and the machine rebuilds their queue from what S3 holds.
"""

from __future__ import annotations

import time

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.aws.object_errors import ObjectMissingError
from groundwork.job.paths import DropPaths
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
    dropped = [] if event.job_key else [folder for folder in _forgotten() if _drop_again(folder)]
    logger.info("resumed", jobs=resumed, dropped_again=dropped)
    return {"resumed": resumed, "droppedAgain": dropped}


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


def _forgotten() -> list[str]:
    """Find folders of jobs of which the table has no record."""
    folders = wiring.store().folders(wiring.environment().jobs_bucket)
    return [folder for folder in folders if wiring.jobs().find(folder.lower()) is None]


def _drop_again(folder: str) -> bool:
    """Put the request of a job once more, unless it never was one or was refused."""
    paths = DropPaths(wiring.environment().jobs_bucket, folder)
    if wiring.store().find_json(paths.errors) is not None:
        return False
    try:
        request = wiring.store().read(paths.request)
    except ObjectMissingError:
        return False
    wiring.store().write(paths.request, request)
    return True

"""States ManifestOutputExportFormat and ManifestOutputExportFailed.

The output manifest and the job's status stand when this runs, and nothing that happens here changes them.
"""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.exports.write import record_failure, write_export

from functions import wiring
from functions.job_event import JobEvent, Response, StateError
from functions.observability import logger

RESERVE_SECONDS = 60
"""Kept before the function's own deadline: the largest masks between two looks at the clock, and the last files."""


class ExportEvent(JobEvent):
    """One format; with `error`, the export failed for good."""

    format: str
    error: StateError | None = None


@logger.inject_lambda_context
@event_parser(model=ExportEvent)
def handler(event: ExportEvent, context: LambdaContext) -> Response:
    """Write the job's labels in one format, or why there is no such export."""
    at = wiring.at_hand(event.job_key, "manifest_output")
    if event.error is not None:
        reason = f"{event.error.error}: {event.error.message}"
        logger.error("export fails", job=event.job_key, format=event.format, reason=reason)
        record_failure(at, event.format, reason)
        return {}
    deadline = at.now() + context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS
    write_export(at, event.format, lambda: at.now() < deadline)
    return {}

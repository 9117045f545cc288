"""States ManifestOutputQuality and ManifestOutputQualityFailed.

The output manifest and the job's status stand when this runs, and nothing that happens here changes them.
"""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.quality.write import record_failure, write_quality

from functions import wiring
from functions.job_event import JobEvent, Response, StateError
from functions.manifest_output.tell import tell_quality
from functions.observability import logger

RESERVE_SECONDS = 60
"""Kept before the function's own deadline: one more batch, the thumbnails, and the report."""


class QualityEvent(JobEvent):
    """With `error`, the figures failed for good."""

    error: StateError | None = None


@logger.inject_lambda_context
@event_parser(model=QualityEvent)
def handler(event: QualityEvent, context: LambdaContext) -> Response:
    """Write the quality figures of a job that has ended, or why there are none."""
    at = wiring.at_hand(event.job_key, "manifest_output")
    if event.error is not None:
        reason = f"{event.error.error}: {event.error.message}"
        logger.error("quality figures fail", job=event.job_key, reason=reason)
        record_failure(at, reason)
        return {}
    deadline = at.now() + context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS
    document = write_quality(at, lambda: at.now() < deadline)
    if document is not None:
        tell_quality(at.job, document)
    return {}

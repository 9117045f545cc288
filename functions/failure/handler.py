"""The shared failure state, and the events of executions that no state could catch.

A Map tells its Catch only that too many items failed, so the failing child records the reason first
(`recordOnly`); whoever comes later keeps it. Ended from outside (aborted, timed out, too much data), an
execution is reported by EventBridge.
"""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.job.status import LabelingJobStatus
from groundwork.manifest_output.finish import finish
from pydantic import BaseModel, ConfigDict, Field

from functions import wiring
from functions.job_event import Response, StateError
from functions.manifest_output.tell import exports_of, tell
from functions.observability import logger


class Failure(BaseModel):
    """A failed state of a labeling job."""

    model_config = ConfigDict(populate_by_name=True)

    job_key: str = Field(alias="jobKey")
    error: StateError
    record_only: bool = Field(default=False, alias="recordOnly")
    function: str | None = Field(default=None, description="The customer's Lambda that was called")
    execution: int | None = None
    lost: bool = Field(default=False, description="There is no execution any more that could go on to the exports")


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Response:
    """Keep the first reason; unless more is to come, publish what is labeled and end the job."""
    failure = _read(event)
    at = wiring.at_hand(failure.job_key, "failure")
    overtaken = failure.execution is not None and failure.execution != at.record.execution
    if at.record.finished or overtaken:
        return {"recorded": False}
    reason = at.record.failure_reason or _reason(failure)
    logger.error("labeling job fails", job=failure.job_key, reason=reason)
    if failure.record_only:
        at.jobs.change(at.job.key, at.now(), failure_reason=reason)
        return {"recorded": True}
    published = finish(at, LabelingJobStatus.FAILED, wiring.events(), wiring.schedule(), reason)
    tell(at.job, published)
    exports = exports_of(at.job, published)
    if failure.lost:
        if published.counters.total_labeled:
            wiring.quality_function().start(at.job.key)
        for name in exports:
            wiring.export_function().start(at.job.key, name)
        return {"recorded": True}
    return {"recorded": True, **({"exports": exports} if exports else {})}


def _read(event: dict[str, Any]) -> Failure:
    if "detail" not in event:
        return Failure.model_validate(event)
    detail = event["detail"]
    started_with = json.loads(detail["input"])
    status = detail["status"]
    return Failure(
        job_key=started_with["jobKey"],
        execution=started_with["execution"],
        lost=True,
        error=StateError(Error=detail.get("error") or status, Cause=detail.get("cause") or f"the execution {status}"),
    )


def _reason(failure: Failure) -> str:
    message = failure.error.message
    if failure.function:
        return (
            f"ClientError: Exception invoking the Lambda function {failure.function}. "
            f"LambdaErrorCode: {_lambda_error_code(failure.error.error)}. "
            f"Ensure the Lambda function exists, that the role {wiring.environment().output_role_arn} has permissions "
            f"to invoke it and try your request again. {failure.error.error}: {message}"
        )
    known = ("ClientError", "InternalServerError")
    return message if message.startswith(known) else f"InternalServerError: {failure.error.error}: {message}"


def _lambda_error_code(error: str) -> str:
    """Name what Lambda refused; an exception inside the function, or its end by force, is `Unhandled`."""
    code = error.removeprefix("Lambda.")
    return "Unhandled" if code in {error, "Unknown"} else code

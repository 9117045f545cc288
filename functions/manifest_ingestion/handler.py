"""S3 told EventBridge that something was put into a job's folder."""

from __future__ import annotations

import time
from typing import Any

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.manifest_ingestion.ingest import Ingestion
from groundwork.task_types import registry
from pydantic import AwareDatetime, BaseModel

from functions import wiring
from functions.observability import deployment_metric, logger


class ArrivedObject(BaseModel):
    """`object` of an S3 Object Created event; the key is as written, not percent-encoded."""

    key: str


class ArrivalDetail(BaseModel):
    """`detail` of an S3 Object Created event."""

    object: ArrivedObject


class Arrival(BaseModel):
    """An S3 Object Created event, as far as it matters.

    Powertools' envelope for it would load the models of every event source, an eighth of a cold start.
    """

    time: AwareDatetime
    detail: ArrivalDetail


@logger.inject_lambda_context
@event_parser(model=Arrival)
def handler(event: Arrival, context: LambdaContext) -> dict[str, Any]:
    """Start the labeling job that this object completes, or write why it can't start."""
    ingest = Ingestion(
        store=wiring.store(),
        jobs=wiring.jobs(),
        machine=wiring.machine(),
        log=lambda name: wiring.job_log(name, "manifest_ingestion"),
        context=wiring.drop_context(),
        task_types=registry,
        now=time.time,
    )
    key = event.detail.object.key
    result = ingest(key, event.time.timestamp())
    logger.info("object arrived", key=key, outcome=result.outcome, detail=result.detail)
    if result.outcome == "refused":
        deployment_metric("JobsRefused")
    return {"outcome": result.outcome, "detail": result.detail}

"""State ConsolidationCollectBatch."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.consolidation.collect import collect, read_batch

from functions import wiring
from functions.job_event import BatchEvent, Response
from functions.observability import logger


@logger.inject_lambda_context
@event_parser(model=BatchEvent)
def handler(event: BatchEvent, context: LambdaContext) -> Response:
    """Gather the answers of one batch."""
    at = wiring.at_hand(event.job_key, "consolidation")
    batch = read_batch(at, event.plan, event.batch)
    answers = collect(at, batch)
    logger.info("batch collected", job=event.job_key, plan=event.plan, batch=event.batch, answers=answers)
    return {}

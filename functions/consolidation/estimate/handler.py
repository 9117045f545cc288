"""State ConsolidationEstimate."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.consolidation.estimate import estimate

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import logger


@logger.inject_lambda_context
@event_parser(model=JobEvent)
def handler(event: JobEvent, context: LambdaContext) -> Response:
    """Estimate the workers over all answers so far."""
    at = wiring.at_hand(event.job_key, "consolidation")
    estimated = estimate(at)
    at.log.stage(
        at.now(),
        "WORKERS_ESTIMATED",
        f"{estimated.workers} workers over {estimated.votes} answers",
        workers=estimated.workers,
        answers=estimated.votes,
    )
    return {}

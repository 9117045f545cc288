"""States ConsolidationApplyBatch and ConsolidationApplyAnswer."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.consolidation.apply import apply
from groundwork.consolidation.collect import read_batch

from functions import wiring
from functions.job_event import BatchEvent, Response
from functions.observability import logger


class ApplyEvent(BatchEvent):
    """`response` is what the customer's post-annotation Lambda returned; absent without one."""

    response: Any = None


@logger.inject_lambda_context
@event_parser(model=ApplyEvent)
def handler(event: ApplyEvent, context: LambdaContext) -> Response:
    """Give the data objects of one batch their labels."""
    at = wiring.at_hand(event.job_key, "consolidation")
    batch = read_batch(at, event.plan, event.batch)
    applied = apply(at, batch, event.response, by_function="response" in event.model_fields_set)
    at.log.stage(
        at.now(),
        "BATCH_CONSOLIDATED",
        f"iteration {batch.iteration}, shard {batch.shard}: {applied.labeled} labeled, {applied.failed} failed",
        iteration=batch.iteration,
        shard=batch.shard,
        labeled=applied.labeled,
        failed=applied.failed,
        again=batch.again,
        warnings=applied.warnings[:20],
    )
    return {}

"""State SelectBatch."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.select_batch.select import select

from functions import wiring
from functions.job_event import JobEvent, Response
from functions.observability import logger


class SelectEvent(JobEvent):
    """`loop` counts the rounds of this execution."""

    loop: int


@logger.inject_lambda_context
@event_parser(model=SelectEvent)
def handler(event: SelectEvent, context: LambdaContext) -> Response:
    """Say what the machine does next."""
    at = wiring.at_hand(event.job_key, "select_batch")
    selection = select(at, event.loop, wiring.environment().output_role_arn)
    at.log.stage(
        at.now(),
        "SELECTED",
        f"{len(selection.batches)} batches to consolidate, {len(selection.shards)} shards to pre-annotate"
        + (", the last round" if selection.finished else ""),
        loop=event.loop,
        batches=len(selection.batches),
        shards=len(selection.shards),
        finished=selection.finished,
    )
    return selection.model_dump(mode="json", exclude_none=True)

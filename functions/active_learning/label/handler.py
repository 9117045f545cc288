"""State ActiveLearningLabelShard."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.label_shard import label_shard

from functions import wiring
from functions.job_event import Response, RoundShardEvent
from functions.observability import logger


@logger.inject_lambda_context
@event_parser(model=RoundShardEvent)
def handler(event: RoundShardEvent, context: LambdaContext) -> Response:
    """Write the model's labels of one shard."""
    at = wiring.at_hand(event.job_key, "active_learning")
    labeled = label_shard(at, event.round, event.shard)
    at.log.stage(
        at.now(),
        "SHARD_AUTO_LABELED",
        f"round {event.round}, shard {event.shard}: {labeled} labeled by the model",
        round=event.round,
        shard=event.shard,
        labeled=labeled,
    )
    return {}

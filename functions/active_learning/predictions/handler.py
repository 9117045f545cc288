"""State ActiveLearningPredictionsShard."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.sagemaker.predict_shard import predict_shard

from functions import wiring
from functions.job_event import Response, RoundShardEvent
from functions.observability import logger


@logger.inject_lambda_context
@event_parser(model=RoundShardEvent)
def handler(event: RoundShardEvent, context: LambdaContext) -> Response:
    """Read what the model answered about one shard."""
    at = wiring.at_hand(event.job_key, "active_learning")
    predicted = predict_shard(at, event.round, event.shard)
    if predicted.unanswered:
        said = f"round {event.round}, shard {event.shard}: {predicted.unanswered} data objects without a usable answer"
        at.log.stage(
            at.now(),
            "SHARD_UNANSWERED",
            f"{said}: {'; '.join(predicted.problems)}",
            round=event.round,
            shard=event.shard,
        )
    return {}

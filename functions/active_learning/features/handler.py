"""State ActiveLearningFeaturesShard."""

from __future__ import annotations

from functools import lru_cache

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.feature_extraction.extractor import Extractor
from groundwork.active_learning.feature_extraction.extractors import LoadedModel, extractor_of
from groundwork.active_learning.feature_extraction.feature_shard import extract_shard
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri

from functions import wiring
from functions.job_event import Response, ShardEvent
from functions.observability import logger

RESERVE_SECONDS = 60
"""Kept before the function's own deadline: a group of objects at work, and the checkpoint."""


@logger.inject_lambda_context
@event_parser(model=ShardEvent)
def handler(event: ShardEvent, context: LambdaContext) -> Response:
    """Make the features of a shard; `done` is false when time ran out and the state has to come again."""
    at = wiring.at_hand(event.job_key, "active_learning")
    deadline = at.now() + context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS
    progress = extract_shard(at, event.shard, lambda: _extractor(at, deadline), deadline)
    at.log.stage(
        at.now(),
        "SHARD_FEATURES" if progress.done else "SHARD_FEATURES_CHECKPOINT",
        f"shard {event.shard}: features of {progress.extracted} data objects, {progress.unreadable} have none",
        shard=event.shard,
        extracted=progress.extracted,
        unreadable=progress.unreadable,
        reasons=dict(list(progress.reasons.items())[:20]),
    )
    return {"done": progress.done}


def _extractor(at: JobAtHand, deadline: float) -> Extractor:
    return extractor_of(at.job, at.task_type, _loaded, lambda: wiring.bedrock_model(deadline))


def _loaded(uri: S3Uri) -> LoadedModel:
    # Imported when there is a model: it takes a third of a second.
    from groundwork.active_learning.feature_extraction.onnx_model_file import model_identity  # noqa: PLC0415

    identity = model_identity(wiring.store(), uri)
    return _model(uri, identity)


@lru_cache(maxsize=1)
def _model(uri: S3Uri, identity: str) -> LoadedModel:
    """Load a model once for an execution environment, and again when its file has changed."""
    from groundwork.active_learning.feature_extraction.onnx_model_file import read_model  # noqa: PLC0415

    return LoadedModel(identity, read_model(wiring.store(), uri, wiring.processors()))

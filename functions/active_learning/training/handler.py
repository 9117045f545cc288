"""States ActiveLearningTraining and, in the Map of transform jobs, ActiveLearningTrainingTransformFailed."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.sagemaker.prepare_training import prepare_training

from functions import wiring
from functions.job_event import JobEvent, Response, StateError
from functions.observability import logger


class TrainingEvent(JobEvent):
    """A round of the job; `error` is what became of a transform job."""

    round: int
    error: StateError | None = None


@logger.inject_lambda_context
@event_parser(model=TrainingEvent)
def handler(event: TrainingEvent, context: LambdaContext) -> Response:
    """Write what a model learns from and is asked about, and hand on the requests; or tell what became of one."""
    at = wiring.at_hand(event.job_key, "active_learning")
    if event.error is not None:
        logger.error("a transform job failed", job=event.job_key, reason=event.error.message)
        said = f"round {event.round}: a transform job failed, so people label its data objects: {event.error.message}"
        at.log.stage(at.now(), "TRANSFORM_FAILED", said, round=event.round)
        return {}
    prepared = prepare_training(at, event.round, wiring.training_deployment(), wiring.training_service())
    if prepared["ready"]:
        name = prepared["training"]["TrainingJobName"]
        said = f"round {event.round}: training job {name}; its own log is in /aws/sagemaker/TrainingJobs"
        at.log.stage(at.now(), "TRAINING_STARTS", said, round=event.round, trainingJob=name)
    return prepared

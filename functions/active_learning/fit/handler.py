"""States ActiveLearningFit and ActiveLearningFitGivenUp."""

from __future__ import annotations

from aws_lambda_powertools.utilities.parser import event_parser
from aws_lambda_powertools.utilities.typing import LambdaContext
from groundwork.active_learning.learn import Decide, learn
from groundwork.active_learning.learning_round import LearningRound
from groundwork.active_learning.rest import people_label_the_rest
from groundwork.active_learning.trainers import decide_by
from groundwork.job.job_at_hand import JobAtHand

from functions import wiring
from functions.job_event import JobEvent, Response, StateError
from functions.observability import logger


class FitEvent(JobEvent):
    """A round of the job; `error` is what kept it from being decided, `loop` the machine's own count."""

    round: int
    loop: int
    error: StateError | None = None


@logger.inject_lambda_context
@event_parser(model=FitEvent)
def handler(event: FitEvent, context: LambdaContext) -> Response:
    """Decide a round; without a model people label what is left, since their work must not be lost with it."""
    at = wiring.at_hand(event.job_key, "active_learning")
    learned = learn(at, event.round, _decide(at, event))
    _tell(at, learned)
    return {
        "loop": event.loop,
        "finished": False,
        "shards": [],
        "round": learned.number,
        "labeledShards": list(learned.labeled_shards),
    }


def _decide(at: JobAtHand, event: FitEvent) -> Decide:
    if event.error is None:
        return decide_by(at.job)
    logger.error("active learning is given up", job=event.job_key, reason=event.error.message)
    reason = f"the model could not be trained: {event.error.error}: {event.error.message}"
    return people_label_the_rest(reason)


def _tell(at: JobAtHand, learned: LearningRound) -> None:
    said = f"round {learned.number}: {learned.labeled} data objects labeled by the model, {learned.people} for people"
    at.log.stage(
        at.now(),
        "ROUND_DECIDED",
        said + (f"; {learned.reason}" if learned.reason else ""),
        round=learned.number,
        labeled=learned.labeled,
        people=learned.people,
        autoLabelingExhausted=learned.over,
        **learned.figures,
    )

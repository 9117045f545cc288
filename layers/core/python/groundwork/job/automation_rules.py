"""What must hold where a request asks for automated data labeling (spec: workflows §3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from groundwork.job import request_view as place
from groundwork.job.automation_defaults import default_trainer, is_own_algorithm
from groundwork.job.drop_context import DropContext
from groundwork.job.feature_extractor_rules import feature_extractor_problems
from groundwork.job.labeling_job import Algorithm
from groundwork.job.names import algorithm_specification_arn, is_listed_key
from groundwork.job.problems import Problem
from groundwork.job.request_view import RequestView
from groundwork.task_types.task_type import TaskType

_IMAGE = re.compile(r"([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([^:@]+)")
_WITHOUT = "a request without this member"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that asks for automated labeling of a type that allows it."""

    view: RequestView
    context: DropContext
    task_type: TaskType
    algorithm: Algorithm

    @property
    def arn(self) -> str:
        return self.view.text(place.ALGORITHM_ARN) or ""

    @property
    def trainer(self) -> str:
        return self.view.text(place.TRAINER) or default_trainer(self.view, self.algorithm)


def automation_problems(view: RequestView, task_type: TaskType, context: DropContext) -> list[Problem]:
    """Collect what keeps a request's automated labeling from working in this deployment."""
    asked = view.has(place.ALGORITHMS)
    if not asked and not view.has(place.AUTOMATION):
        return []
    if task_type.automated_labeling is None:
        path = place.ALGORITHMS if asked else place.AUTOMATION
        return [
            Problem(
                path=path,
                message=f"task type {task_type.name} is labeled by people only",
                expected=f"{_WITHOUT}, or a type with one label for each image or text, boxes, or semantic masks",
            )
        ]
    request = _Asked(view, context, task_type, task_type.automated_labeling)
    return [problem for rule in _RULES for problem in rule(request)]


def _algorithm(asked: _Asked) -> Iterator[Problem]:
    context, arn = asked.context, asked.view.text(place.ALGORITHM_ARN)
    where = {"partition": context.partition, "region": context.region}
    specification = algorithm_specification_arn(asked.algorithm, **where)
    if arn is None or arn == specification:
        return
    own = is_own_algorithm(arn)
    if own and arn.startswith(f"arn:{context.partition}:sagemaker:{context.region}:{context.account}:"):
        return
    message = f"{arn!r} is not the algorithm of task type {asked.task_type.name} in {context.region}"
    if own:
        message = f"{arn!r} is an algorithm of another Region or account"
    own_form = f"arn:{context.partition}:sagemaker:{context.region}:{context.account}:algorithm/<name>"
    yield Problem(path=place.ALGORITHM_ARN, message=message, expected=f"{specification}, or {own_form}")


def _trainer(asked: _Asked) -> Iterator[Problem]:
    if asked.trainer != "embedded":
        return
    only_sagemaker = {
        place.TRAINER: None
        if asked.algorithm in ("image-classification", "text-classification")
        else f"task type {asked.task_type.name} has no embedded trainer",
        place.ALGORITHM_ARN: "an algorithm of SageMaker does not run in the embedded trainer"
        if is_own_algorithm(asked.arn)
        else None,
        place.INITIAL_MODEL: "the embedded trainer can't start from a model of SageMaker",
        place.TRAINING_IMAGE: "a container does not run in the embedded trainer",
    }
    for path, message in only_sagemaker.items():
        if message and asked.view.has(path):
            yield Problem(path=path, message=message, expected=f'"sagemaker" in {place.TRAINER}')


def _feature_extractor(asked: _Asked) -> Iterator[Problem]:
    if asked.trainer == "sagemaker" and asked.view.has(place.FEATURE_EXTRACTOR):
        message = "the containers of SageMaker make features of their own"
        yield Problem(path=place.FEATURE_EXTRACTOR, message=message, expected=_WITHOUT)
    elif named := asked.view.text(place.FEATURE_EXTRACTOR):
        yield from feature_extractor_problems(place.FEATURE_EXTRACTOR, named, asked.task_type, asked.context)


def _deployment(asked: _Asked) -> Iterator[Problem]:
    if asked.trainer == "sagemaker" and not asked.context.sagemaker:
        yield Problem(
            path=place.TRAINER if asked.view.has(place.TRAINER) else place.ALGORITHMS,
            message=f"automated labeling of task type {asked.task_type.name} by this request trains in SageMaker, "
            "which this deployment has no right to use",
            expected="a deployment with the setting sageMaker: true; set it and deploy again",
        )


def _image(asked: _Asked) -> Iterator[Problem]:
    image = asked.view.text(place.TRAINING_IMAGE)
    match = _IMAGE.match(image or "")
    if match is None or asked.trainer != "sagemaker":
        return
    account, region, name = match.groups()
    repository = f"arn:{asked.context.partition}:ecr:{region}:{account}:repository/{name}"
    if repository not in asked.context.training_repositories:
        yield Problem(
            path=place.TRAINING_IMAGE,
            message=f"this deployment has no right to pull from {repository}",
            expected="a repository listed in the deployment's setting trainingRepositories; add it and deploy again",
        )


def _volume_key(asked: _Asked) -> Iterator[Problem]:
    key = asked.view.text(place.VOLUME_KEY)
    if key and asked.trainer == "sagemaker" and not is_listed_key(key, asked.context.kms_keys):
        yield Problem(
            path=place.VOLUME_KEY,
            message=f"this deployment has no right to use the KMS key {key!r}",
            expected="a key listed in the deployment's setting kmsKeys; add it there and deploy again",
        )


def _network(asked: _Asked) -> Iterator[Problem]:
    if asked.trainer == "sagemaker" and asked.view.has(place.TRAINING_NETWORK) and not asked.context.training_vpc:
        yield Problem(
            path=place.TRAINING_NETWORK,
            message="this deployment has no right to put training into a VPC",
            expected="a deployment with the setting trainingVpc: true; set it and deploy again",
        )


def _initial_model(asked: _Asked) -> Iterator[Problem]:
    built_in = not is_own_algorithm(asked.arn) and not asked.view.has(place.TRAINING_IMAGE)
    by_blazing_text = built_in and asked.trainer == "sagemaker" and asked.algorithm == "text-classification"
    if by_blazing_text and asked.view.has(place.INITIAL_MODEL):
        yield Problem(
            path=place.INITIAL_MODEL,
            message="BlazingText, which classifies texts, can't go on from an earlier model",
            expected=f"{_WITHOUT}, or a container in {place.TRAINING_IMAGE} that can",
        )


_RULES: tuple[Callable[[_Asked], Iterator[Problem]], ...] = (
    _algorithm,
    _trainer,
    _feature_extractor,
    _deployment,
    _image,
    _volume_key,
    _network,
    _initial_model,
)

"""What a request with automated data labeling leaves to us: trainer, target, instances (spec: workflows §3.5, §3.8)."""

from __future__ import annotations

import re
from typing import NamedTuple

from groundwork.job import request_view as place
from groundwork.job.labeling_job import Algorithm, Trainer
from groundwork.job.request_view import RequestView

_OWN_ALGORITHM = re.compile(r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]+:[0-9]{12}:algorithm/[a-zA-Z0-9-]{1,63}")


class AlgorithmDefaults(NamedTuple):
    """Of one algorithm.

    Instances are those that Ground Truth takes (spec: workflows §3.8), but for families that are no longer offered to
    everyone: g5 in place of p2 and p3, m5 in place of m4.
    """

    trainer: Trainer
    target: float
    training_instance_type: str
    transform_instance_type: str


DEFAULTS: dict[Algorithm, AlgorithmDefaults] = {
    "image-classification": AlgorithmDefaults("embedded", 0.95, "ml.g5.2xlarge", "ml.c5.xlarge"),
    "text-classification": AlgorithmDefaults("embedded", 0.95, "ml.c5.2xlarge", "ml.m5.xlarge"),
    "object-detection": AlgorithmDefaults("sagemaker", 0.60, "ml.g5.2xlarge", "ml.c5.4xlarge"),
    "semantic-segmentation": AlgorithmDefaults("sagemaker", 0.70, "ml.g5.2xlarge", "ml.g5.2xlarge"),
}


def is_own_algorithm(arn: str) -> bool:
    """Whether the ARN names an algorithm resource of SageMaker in place of Ground Truth's specifications."""
    return _OWN_ALGORITHM.fullmatch(arn) is not None


def default_trainer(view: RequestView, algorithm: Algorithm) -> Trainer:
    """Choose the trainer of a request that names none: SageMaker when something in it runs nowhere else."""
    if is_own_algorithm(view.text(place.ALGORITHM_ARN) or ""):
        return "sagemaker"
    needs_sagemaker = view.has(place.INITIAL_MODEL) or view.has(place.TRAINING_IMAGE)
    return "sagemaker" if needs_sagemaker else DEFAULTS[algorithm].trainer

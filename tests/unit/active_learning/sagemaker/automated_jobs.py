"""Labeling jobs whose models SageMaker trains."""

from __future__ import annotations

from typing import Any

from groundwork.job.automation_defaults import DEFAULTS
from groundwork.job.labeling_job import Algorithm, AutomatedLabeling, LabelingJob, TrainingSettings

from tests.formats.jobs import image_job, segmentation_job, shape_job, text_job

ALGORITHMS: tuple[Algorithm, ...] = (
    "image-classification",
    "text-classification",
    "object-detection",
    "semantic-segmentation",
)


def settings(algorithm: Algorithm, **changes: Any) -> TrainingSettings:
    """What a request that leaves everything to us resolves to."""
    defaults = DEFAULTS[algorithm]
    return TrainingSettings(
        **{
            "training_instance_type": defaults.training_instance_type,
            "transform_instance_type": defaults.transform_instance_type,
            **changes,
        }
    )


def automated_job(algorithm: Algorithm, training: TrainingSettings | None = None, **changes: Any) -> LabelingJob:
    """A job of the algorithm's task type."""
    automation = AutomatedLabeling(
        algorithm=algorithm,
        trainer="sagemaker",
        target=DEFAULTS[algorithm].target,
        sagemaker=training or settings(algorithm),
    )
    changes = {"automation": automation, **changes}
    match algorithm:
        case "image-classification":
            return image_job(**changes)
        case "text-classification":
            return text_job(**changes)
        case "object-detection":
            return shape_job("BoundingBox", **changes)
        case "semantic-segmentation":
            return segmentation_job(**changes)

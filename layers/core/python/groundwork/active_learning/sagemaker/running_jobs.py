"""Stopping what a round has running at SageMaker when the labeling job is stopped (spec: workflows §4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.active_learning.sagemaker.names import JobNames
from groundwork.active_learning.sagemaker.training_paths import TrainingPaths
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri

if TYPE_CHECKING:
    from groundwork.aws.training_service import TrainingService


def stop_running_jobs(at: JobAtHand, service: TrainingService) -> tuple[str, ...]:
    """Stop the jobs of the latest round, and tell those that were at work.

    The state that waits for a stopped job fails, which the machine takes as the end of active learning.
    """
    if at.job.automation is None or at.job.automation.sagemaker is None:
        return ()
    prefix = TrainingPaths.of(at.job, 0).jobs_prefix
    latest = max(at.store.keys(prefix), default=None)
    if latest is None:
        return ()
    names = JobNames.model_validate(at.store.read_json(S3Uri(prefix.bucket, latest)))
    stopped = [names.training_job] if service.stop_training(names.training_job) else []
    return (*stopped, *(name for name in names.transform_jobs if service.stop_transform(name)))

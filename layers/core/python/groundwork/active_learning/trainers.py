"""Who trains: the trainers by the name that a job's request gives."""

from __future__ import annotations

from groundwork.active_learning import embedded
from groundwork.active_learning.learn import Decide
from groundwork.active_learning.sagemaker import decide as sagemaker
from groundwork.job.labeling_job import LabelingJob

DECIDE: dict[str, Decide] = {"embedded": embedded.decide, "sagemaker": sagemaker.decide}


def decide_by(job: LabelingJob) -> Decide:
    """Find how the rounds of a job are decided.

    Raises
    ------
    ValueError
        The job has no automated labeling.
    """
    if job.automation is None:
        raise ValueError(f"labeling job {job.name} has no automated labeling")
    return DECIDE[job.automation.trainer]

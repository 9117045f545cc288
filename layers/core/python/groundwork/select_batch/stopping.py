"""What ends a job that has data objects left: a stopping condition, or its own age (spec: job-api §13.4, §13.5)."""

from __future__ import annotations

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_dispatch.window import Window

LONGEST_SECONDS = 30 * 86_400
"""A labeling job that is not finished after 30 days fails; it is continued by chaining its output."""
OVERDUE = "ClientError: the labeling job was not finished within 30 days"


def is_overdue(job: LabelingJob, now: float) -> bool:
    """Whether the job has lasted as long as a job may: what is answered is labeled, nothing else is waited for."""
    return now - job.created_at.timestamp() > LONGEST_SECONDS


def condition_reached(window: Window) -> bool:
    """Whether a stopping condition ends the job although data objects are left over."""
    return window.exhausted() and not window.stopping and window.ready < window.for_people

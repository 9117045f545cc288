"""How much a job's stopping conditions leave to label (spec: workflows §3.7, job-api §13.5).

Both count labels, so a data object that people failed on makes room for another one.
"""

from __future__ import annotations

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_dispatch.window import Window


def labels_left(job: LabelingJob, window: Window, machine_labeled: int) -> int | None:
    """Count the labels, whoever gives them, until the wanted percentage is reached; None without one.

    What is in the queue counts as labeled: it will be.
    """
    percentage = job.stop_conditions.max_percentage_labeled
    if percentage is None:
        return None
    return max(0, -(-percentage * window.objects // 100) - _by_people(window) - machine_labeled)


def people_left(job: LabelingJob, window: Window, machine_labeled: int) -> int | None:
    """Count the data objects that people may be asked for beyond what is in the queue; None without a limit."""
    limits = [labels_left(job, window, machine_labeled)]
    if job.stop_conditions.max_human_labeled_objects is not None:
        limits.append(max(0, job.stop_conditions.max_human_labeled_objects - _by_people(window)))
    return min((limit for limit in limits if limit is not None), default=None)


def _by_people(window: Window) -> int:
    return window.queued - window.unanswered

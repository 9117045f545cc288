"""How many data objects people may still be asked for, by the job's stopping conditions (spec: workflows §3.7)."""

from __future__ import annotations

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_dispatch.window import Window


def allowance(job: LabelingJob, window: Window, *, machine_labeled: int) -> int | None:
    """Count what may be queued beyond what is; None without a limit.

    Both conditions count labels, so a data object that people failed on makes room for another one. The percentage
    counts what the model has labeled too; `machine_labeled` says how much that is.
    """
    conditions, labeled_by_people = job.stop_conditions, window.queued - window.unanswered
    limits = []
    if conditions.max_human_labeled_objects is not None:
        limits.append(conditions.max_human_labeled_objects - labeled_by_people)
    if conditions.max_percentage_labeled is not None:
        wanted = -(-conditions.max_percentage_labeled * window.objects // 100)
        limits.append(wanted - labeled_by_people - machine_labeled)
    return max(0, min(limits)) if limits else None

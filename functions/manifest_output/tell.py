"""The figures of a job, as metrics (spec: job-api §18.3)."""

from __future__ import annotations

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.status import LabelingJobStatus
from groundwork.manifest_output.finish import Published

from functions.observability import deployment_metric, job_metric

ENDS = {
    LabelingJobStatus.COMPLETED: "JobsSucceeded",
    LabelingJobStatus.FAILED: "JobsFailed",
    LabelingJobStatus.STOPPED: "JobsStopped",
}


def tell(job: LabelingJob, published: Published) -> None:
    """Write the running totals of a job, and its end."""
    counters = published.counters
    job_metric("DatasetObjectsHumanAnnotated", counters.human_labeled, job.name)
    job_metric("DatasetObjectsLabelingFailed", counters.failed, job.name)
    job_metric("TotalDatasetObjectsLabeled", counters.total_labeled, job.name)
    job_metric("AnswersMissing", published.tally.short, job.name)
    tell_end(job, published.status)


def tell_end(job: LabelingJob, status: LabelingJobStatus) -> None:
    """Count a job that has ended; nothing for one that goes on."""
    if status in ENDS:
        deployment_metric(ENDS[status])
        deployment_metric(ENDS[status], TaskType=job.task_type)

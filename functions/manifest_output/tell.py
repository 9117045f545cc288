"""The figures of a job, as metrics (spec: job-api §18.3)."""

from __future__ import annotations

from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.finish import Published

from functions.observability import count_end, job_metric


def tell(job: LabelingJob, published: Published) -> None:
    """Write the running totals of a job, and its end."""
    counters = published.counters
    job_metric("DatasetObjectsHumanAnnotated", counters.human_labeled, job.name)
    job_metric("DatasetObjectsLabelingFailed", counters.failed, job.name)
    job_metric("TotalDatasetObjectsLabeled", counters.total_labeled, job.name)
    job_metric("AnswersMissing", published.tally.short, job.name)
    count_end(job.task_type, published.status)


def exports_of(job: LabelingJob, published: Published) -> list[str]:
    """List the formats to write now that the job has ended; none when nothing is labeled."""
    return list(job.exports) if published.counters.total_labeled or published.tally.copied else []

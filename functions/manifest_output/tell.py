"""The figures of a job, as metrics (spec: job-api §18.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.finish import Published

from functions.observability import count_end, job_metric


def tell(job: LabelingJob, published: Published, *, ended_before: bool = False) -> None:
    """Write the running totals of a job, and its end, unless it is one that has ended before."""
    counters = published.counters
    job_metric("DatasetObjectsHumanAnnotated", counters.human_labeled, job.name)
    job_metric("DatasetObjectsLabelingFailed", counters.failed, job.name)
    job_metric("TotalDatasetObjectsLabeled", counters.total_labeled, job.name)
    if job.automation is not None:
        job_metric("DatasetObjectsAutoAnnotated", counters.machine_labeled, job.name)
    job_metric("AnswersMissing", published.tally.short, job.name)
    if not ended_before:
        count_end(job.task_type, published.status)


def tell_quality(job: LabelingJob, document: Mapping[str, Any]) -> None:
    """Write how far the answers of a job agree and how sure its labels are, from 0 to 1, as far as that is known.

    With adaptive redundancy also how many answers were not needed.
    """
    figures = {
        "AnswerAgreement": document["agreement"]["mean"],
        "KrippendorffAlpha": document["agreement"]["alpha"],
        "MeanConfidence": document["confidence"]["mean"],
    }
    for name, value in figures.items():
        if value is not None:
            job_metric(name, value, job.name, MetricUnit.NoUnit)
    if job.adaptive is not None:
        job_metric("AnswersSaved", document["answers"]["saved"], job.name)


def exports_of(job: LabelingJob, published: Published) -> list[str]:
    """List the formats to write now that the job has ended; none when nothing is labeled."""
    return list(job.exports) if published.counters.total_labeled or published.tally.copied else []

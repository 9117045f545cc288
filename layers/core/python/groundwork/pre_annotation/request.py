"""What a customer's pre-annotation function is asked (spec: workflows §1.3)."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json

VERSION = "2018-10-16"
"""Fixed; functions in circulation hand it around and nobody may branch on it."""


def pre_annotation_request(job: LabelingJob, line: Mapping[str, Json]) -> dict[str, Json]:
    """Form the event for one data object: the whole manifest line, earlier labels included."""
    return {"version": VERSION, "labelingJobArn": job.arn, "dataObject": dict(line)}

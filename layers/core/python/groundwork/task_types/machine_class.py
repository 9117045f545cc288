"""Labels that a model gives, of types with one label."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from groundwork.consolidation.metadata import built_in_metadata
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.task_type import Json


class MachineClass(NamedTuple):
    """A prediction is the index of a label."""

    def read(self, content: Mapping[str, Json], job: LabelingJob) -> int | None:
        """Read the class of a label that people gave; None when it is none of the job's."""
        number = read_class_id(content.get(job.label_attribute))
        return number if number is not None and 0 <= number < len(job.labels or ()) else None

    def content(
        self, prediction: int, confidence: float, job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Write a prediction as the label of its output line (spec: workflows §3.9)."""
        name = (job.labels or ())[prediction]
        metadata = built_in_metadata(job, metadata_type, now, confidence=round(confidence, 2), class_name=name)
        metadata["human-annotated"] = "no"
        return {job.label_attribute: prediction, job.metadata_attribute: metadata}

    def copies(self, prediction: int, job: LabelingJob) -> list[tuple[S3Uri, S3Uri]]:
        """Name no files: a class has none."""
        return []

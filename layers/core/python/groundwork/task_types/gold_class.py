"""Gold objects of types with one label: data objects of which the answer is known, mixed in to see who is right."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from groundwork.consolidation.metadata import built_in_metadata
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.class_id import find_class
from groundwork.task_types.task_type import Json


class GoldClass(NamedTuple):
    """Known answers are indices of labels; `as_text` types write class ids as texts."""

    as_text: bool = False

    def read(self, value: Json, job: LabelingJob) -> int | None:
        """Read the name of a label, or its class id; None when it is neither."""
        return find_class(value, job.labels or ())

    def content(self, answer: int, job: LabelingJob, metadata_type: str, now: datetime) -> dict[str, Json]:
        """Write the known answer as the label of its line: no person gave it, and it is certain."""
        name = (job.labels or ())[answer]
        metadata = built_in_metadata(job, metadata_type, now, confidence=1.0, class_name=name)
        metadata["human-annotated"] = "no"
        return {job.label_attribute: str(answer) if self.as_text else answer, job.metadata_attribute: metadata}

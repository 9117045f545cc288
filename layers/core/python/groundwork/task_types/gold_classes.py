"""Gold objects of multi-label classification: data objects of which it is known which labels apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from groundwork.consolidation.metadata import creation_date, metadata_job_name
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.predicted_class import PredictedClasses
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError, shown
from groundwork.task_types.task_type import GoldAnswers, Json

CONFIDENCES = "confidence-map"
NO_LABEL = ""
"""What the answer chooses where no label applies: a text that is no label, as an exclusion category is."""


class GoldClasses(GoldAnswers):
    """Known answers are ascending indices of all the labels that apply."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> list[int]:
        """Read a list of class ids or names; with confidences beside it, those that more likely apply than not."""
        if not isinstance(given.value, list):
            raise UnusablePredictionError(f"{shown(given.value)} is no list of labels or of their class ids")
        known = PredictedClasses().read(given, job).label
        if not known and job.template_uri is None:
            raise UnusablePredictionError("no label applies, and the page of this job lets nobody choose none")
        return sorted((job.labels or ()).index(label) for label in known)

    def answer(self, known: Sequence[int], job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Choose the labels."""
        labels = job.labels or ()
        return {"known": {"labels": [labels[index] for index in known] or [NO_LABEL]}}

    def content(self, known: Sequence[int], job: LabelingJob, metadata_type: str, now: datetime) -> dict[str, Json]:
        """Write the known answer as the label of its line: no person gave it, and it is certain."""
        labels = job.labels or ()
        metadata = {
            "job-name": metadata_job_name(job, metadata_type),
            "class-map": {str(index): labels[index] for index in known},
            "human-annotated": "no",
            "creation-date": creation_date(now),
            CONFIDENCES: {str(index): 1.0 for index in known},
            "type": metadata_type,
        }
        return {job.label_attribute: list(known), job.metadata_attribute: metadata}

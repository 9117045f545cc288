"""Gold objects of types with one label: data objects of which the answer is known, mixed in to see who is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.metadata import built_in_metadata
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.predicted_class import PredictedClass
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError, shown
from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import GoldAnswers, Json


@dataclass(frozen=True, slots=True)
class GoldClass(GoldAnswers):
    """Known answers are indices of labels; `as_text` types write class ids as texts."""

    as_text: bool = False

    def read(self, given: GivenPrediction, job: LabelingJob) -> int:
        """Read the name of a label or its class id; of one with a `class-name` beside it, the name counts."""
        labels = job.labels or ()
        try:
            if isinstance(given.value, Mapping):
                raise UnusablePredictionError(f"{shown(given.value)} is no label of this job")
            return labels.index(PredictedClass().read(given, job).label)
        except UnusablePredictionError as error:
            raise UnusablePredictionError(f"{error}, nor the class id of one: {listed(labels)}") from None

    def answer(self, known: int, job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Choose the label."""
        return {"known": {"label": (job.labels or ())[known]}}

    def content(self, known: int, job: LabelingJob, metadata_type: str, now: datetime) -> dict[str, Json]:
        """Write the known answer as the label of its line: no person gave it, and it is certain."""
        name = (job.labels or ())[known]
        metadata = built_in_metadata(job, metadata_type, now, confidence=1.0, class_name=name)
        metadata["human-annotated"] = "no"
        return {job.label_attribute: str(known) if self.as_text else known, job.metadata_attribute: metadata}

"""Agreement on one label of several: the same or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.measure import AgreementMeasure, Json, ReadFile, metadata_of, no_file
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.single_label_answer import chosen_label


@dataclass(frozen=True, slots=True)
class ClassAgreement(AgreementMeasure):
    """Values are indices of labels."""

    name = "same label"
    nominal = True

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> int | None:
        """Return the index of the chosen label."""
        labels = job.labels or ()
        label = chosen_label(answer, labels)
        return labels.index(label) if label in labels else None

    def of_label(self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file) -> int | None:
        """Read the class id, which verifications write as a text."""
        number = read_class_id(content.get(job.label_attribute))
        return number if number is not None and number < len(job.labels or ()) else None

    def labels(self, value: int) -> Collection[int]:
        """There is exactly one."""
        return (value,)

    def similarity(self, one: int, other: int) -> float:
        """Return 1 for the same label, else 0."""
        return float(one == other)

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Read the confidence of the label."""
        found = metadata_of(content, job).get("confidence")
        return float(found) if isinstance(found, int | float) else None

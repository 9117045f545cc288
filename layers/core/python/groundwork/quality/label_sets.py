"""Agreement on any number of labels: F1 of two sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.measure import AgreementMeasure, Json, ReadFile, metadata_of, no_file
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.multi_label_answer import chosen_labels
from groundwork.task_types.task_type import InvalidAnswerError


@dataclass(frozen=True, slots=True)
class LabelSetAgreement(AgreementMeasure):
    """Values are sets of label indices."""

    name = "F1 of the label sets"

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> frozenset[int] | None:
        """Return the indices of the chosen labels."""
        labels = job.labels or ()
        try:
            return frozenset(labels.index(label) for label in chosen_labels(answer, job))
        except InvalidAnswerError:
            return None

    def of_label(
        self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file
    ) -> frozenset[int] | None:
        """Keep the labels that more likely apply than not; where one worker was asked, all."""
        found = content.get(job.label_attribute)
        if not isinstance(found, list):
            return None
        sure = self._confidences(content, job)
        numbers = {number for number in map(read_class_id, found) if number is not None}
        return frozenset(
            number
            for number in numbers
            if number < len(job.labels or ()) and (job.workers_per_object == 1 or sure.get(number, 1.0) >= 0.5)
        )

    def labels(self, value: frozenset[int]) -> Collection[int]:
        """Those of the set."""
        return value

    def similarity(self, one: frozenset[int], other: frozenset[int]) -> float:
        """F1 = 2 |A∩B| / (|A| + |B|); two empty sets agree."""
        return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell how sure the least sure decision is: a label with 0.1 is left out as surely as one with 0.9 is in."""
        return min((max(sure, 1 - sure) for sure in self._confidences(content, job).values()), default=None)

    def _confidences(self, content: Mapping[str, Json], job: LabelingJob) -> dict[int, float]:
        found = metadata_of(content, job).get("confidence-map")
        pairs = found.items() if isinstance(found, Mapping) else ()
        return {
            number: float(sure)
            for key, sure in pairs
            if (number := read_class_id(key)) is not None and isinstance(sure, int | float)
        }

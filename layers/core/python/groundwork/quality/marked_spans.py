"""Agreement on the marked parts of a text: F1 of the spans, which match when place and label are the same.

Hripcsak & Rothschild, Agreement, the F-Measure, and Reliability in Information Retrieval, JAMIA 12 (2005): where what
nobody marked can't be counted, chance-corrected measures approach the F-measure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.measure import AgreementMeasure, Json, ReadFile, least_confidence, metadata_of, no_file
from groundwork.task_types.entity_answer import Span, marked_spans


@dataclass(frozen=True, slots=True)
class SpanAgreement(AgreementMeasure):
    """Values are sets of spans."""

    name = "F1 of the spans, place and label both exact"

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> frozenset[Span] | None:
        """Return the marked spans."""
        spans = marked_spans(answer, job.labels or ())
        return None if spans is None else frozenset(spans)

    def of_label(
        self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file
    ) -> frozenset[Span] | None:
        """Read the entities of a label, which have the form of an answer's."""
        label = content.get(job.label_attribute)
        return self.of_answer(label, job) if isinstance(label, Mapping) else None

    def labels(self, value: frozenset[Span]) -> Collection[int]:
        """Those that mark anything."""
        return {span.label for span in value}

    def similarity(self, one: frozenset[Span], other: frozenset[Span]) -> float:
        """F1 = 2 |A∩B| / (|A| + |B|); two texts with nothing marked agree."""
        return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell the confidence of the least sure entity; None when there is none."""
        return least_confidence(metadata_of(content, job), "entities")

"""Gold objects of named entity recognition: texts of which all entities are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from groundwork.consolidation.entity_label import Entity, entity_label
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.entity_answer import Span, marked_spans
from groundwork.task_types.predicted_spans import PredictedSpans
from groundwork.task_types.prediction import GivenPrediction
from groundwork.task_types.task_type import AnsweredObject, GoldAnswers, Json


class GoldSpans(GoldAnswers):
    """Known answers are entities as a worker marks them: label, start and end."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> list[dict[str, Json]]:
        """Read the label of an output line, or the list of its entities."""
        entities: list[dict[str, Json]] = PredictedSpans().read(given, job).label
        return entities

    def answer(self, known: Sequence[dict[str, Json]], job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Mark the entities."""
        return {"known": {"entities": list(known)}}

    def content(
        self, known: Sequence[dict[str, Json]], job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Write the known answer as the label of its line: no person gave it, and it is certain."""
        spans: list[Span] = marked_spans(self.answer(known, job), job.labels or ()) or []
        entities = [Entity(span, 1.0) for span in spans]
        content = dict(entity_label(AnsweredObject(0, (), ""), entities, job, metadata_type, now).content)
        certain = {"human-annotated": "no", "entities": [{"confidence": 1.0} for _ in entities]}
        content[job.metadata_attribute] = {**content[job.metadata_attribute], **certain}
        return content

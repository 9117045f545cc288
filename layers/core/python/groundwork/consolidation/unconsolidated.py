"""Custom jobs without a post-annotation function: the answers are not combined (spec: workflows §1.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.metadata import custom_metadata, record_missing_answers
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote

RESPONSE_REFERENCE = "worker-response-ref"
"""Metadata key: the S3 URI of the object's worker-response file."""


@dataclass(frozen=True, slots=True)
class Referenced:
    """The label is an empty object; the metadata says where the answers lie."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> None:
        """Free answers say nothing about the workers."""

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """There is nothing to estimate."""
        return {}

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Point to each object's answers."""
        return [self._label(item, job, now) for item in objects]

    def _label(self, item: AnsweredObject, job: LabelingJob, now: datetime) -> ConsolidatedLabel:
        metadata = custom_metadata(job, now) | {RESPONSE_REFERENCE: item.response_uri}
        record_missing_answers(metadata, item.missing)
        return ConsolidatedLabel(
            item.object_id, {job.label_attribute: self._value(item), job.metadata_attribute: metadata}
        )

    def _value(self, item: AnsweredObject) -> dict[str, Json]:
        return {}


class PassedThrough(Referenced):
    """The label lists every answer, in ascending order of worker ids."""

    __slots__ = ()

    def _value(self, item: AnsweredObject) -> dict[str, Json]:
        answers = sorted(item.answers, key=lambda answer: answer.worker_id)
        return {
            "answers": [{"workerId": answer.worker_id, "answerContent": dict(answer.content)} for answer in answers]
        }

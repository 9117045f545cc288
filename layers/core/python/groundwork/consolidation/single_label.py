"""Consolidation of single-label classification, of images and of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from groundwork.consolidation.metadata import built_in_metadata, record_missing_answers
from groundwork.consolidation.single_label_model import Chosen, EstimatedCrowd, SingleLabelModel
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.single_label_answer import chosen_label
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote


@dataclass(frozen=True, slots=True)
class SingleLabel:
    """The most likely label by a model of the workers; a vote is the index of the chosen label."""

    metadata_type: str
    model: SingleLabelModel = field(default_factory=EstimatedCrowd)

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> int | None:
        """Return the index of the chosen label; None when it is none of the job's."""
        labels = job.labels or ()
        label = chosen_label(answer, labels)
        return labels.index(label) if label in labels else None

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers, as far as the model does that; known answers count as certain labels."""
        return self.estimate_after(votes, job, {})

    def estimate_after(
        self, votes: Iterable[Vote], job: LabelingJob, earlier: Mapping[str, Sequence[tuple[int, int, float]]]
    ) -> Json:
        """Estimate the workers, of whom earlier jobs told something (see `earlier_answers`)."""
        return self.model.estimate(votes, len(job.labels or ()), earlier)

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object by the model; one without a usable vote is left out.

        Confidence is `round(0.05 + 0.9 p, 2)`, which reproduces Ground Truth's (spec: workflows §2.7); 0 where one
        worker an object was asked for (§2.2).
        """
        votes = [
            (item.object_id, answer.worker_id, vote)
            for item in objects
            for answer in item.answers
            if (vote := self.vote(answer.content, job)) is not None
        ]
        chosen = self.model.choose(votes, len(job.labels or ()), estimate) if votes else {}
        return [self._label(item, chosen[item.object_id], job, now) for item in objects if item.object_id in chosen]

    def _label(self, item: AnsweredObject, chosen: Chosen, job: LabelingJob, now: datetime) -> ConsolidatedLabel:
        labels = job.labels or ()
        metadata = built_in_metadata(
            job,
            self.metadata_type,
            now,
            confidence=confidence(chosen.probability, job),
            class_name=labels[chosen.index],
        )
        record_missing_answers(metadata, item.missing)
        return ConsolidatedLabel(item.object_id, {job.label_attribute: chosen.index, job.metadata_attribute: metadata})


def confidence(probability: float, job: LabelingJob) -> float:
    """Write a probability as Ground Truth writes confidences of labels (spec: workflows §2.2, §2.7)."""
    return 0.0 if job.workers_per_object == 1 else round(0.05 + 0.9 * probability, 2)

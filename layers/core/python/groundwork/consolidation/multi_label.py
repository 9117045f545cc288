"""Consolidation of multi-label classification, of images and of text (spec: workflows §2.8, data-formats §11.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from groundwork.consolidation.known_votes import told_apart
from groundwork.consolidation.metadata import creation_date, metadata_job_name, record_missing_answers
from groundwork.consolidation.multi_label_model import MultiLabelModel, PooledWorkers
from groundwork.consolidation.single_label import confidence
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.multi_label_answer import chosen_labels
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, InvalidAnswerError, Json, Vote


@dataclass(frozen=True, slots=True)
class MultiLabel:
    """Every label that at least one worker chose, each with its confidence, by a model of the workers.

    A vote is the list of the indices of the chosen labels.
    """

    metadata_type: str
    model: MultiLabelModel = field(default_factory=PooledWorkers)

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> list[int] | None:
        """Return the indices of the chosen labels; None when the answer is not valid."""
        labels = job.labels or ()
        try:
            return sorted(labels.index(label) for label in chosen_labels(answer, job))
        except InvalidAnswerError:
            return None

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers, as far as the model does that; the labels of known answers apply for certain."""
        given, known = told_apart(votes)
        return self.model.estimate(given, len(job.labels or ()), known)

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object by the model; one without a usable vote is left out.

        Whoever reads the labels sets the threshold: a label that one of many workers chose is there, with a low
        confidence. An object of which all workers say that no label fits has the empty list.
        """
        votes = {
            item.object_id: [
                (item.object_id, answer.worker_id, vote)
                for answer in item.answers
                if (vote := self.vote(answer.content, job)) is not None
            ]
            for item in objects
        }
        usable = [vote for of_object in votes.values() for vote in of_object]
        found = self.model.probabilities(usable, len(job.labels or ()), estimate) if usable else {}
        chosen = {
            object_id: {index: probabilities[index] for *_, indices in votes[object_id] for index in indices}
            for object_id, probabilities in found.items()
        }
        return [self._label(item, chosen[item.object_id], job, now) for item in objects if item.object_id in chosen]

    def _label(
        self, item: AnsweredObject, chosen: Mapping[int, float], job: LabelingJob, now: datetime
    ) -> ConsolidatedLabel:
        labels = job.labels or ()
        confidences = {index: confidence(probability, job) for index, probability in chosen.items()}
        order = sorted(confidences, key=lambda index: (-confidences[index], index))
        metadata: dict[str, Json] = {
            "job-name": metadata_job_name(job, self.metadata_type),
            "class-map": {str(index): labels[index] for index in order},
            "human-annotated": "yes",
            "creation-date": creation_date(now),
            "confidence-map": {str(index): confidences[index] for index in order},
            "type": self.metadata_type,
        }
        record_missing_answers(metadata, item.missing)
        return ConsolidatedLabel(item.object_id, {job.label_attribute: order, job.metadata_attribute: metadata})

"""Consolidation of single-label classification, of images and of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.metadata import built_in_metadata, record_missing_answers
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.single_label_answer import chosen_label
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote


@dataclass(frozen=True, slots=True)
class SingleLabel:
    """Dawid-Skene over all votes of the job; a vote is the index of the chosen label.

    numpy is loaded only when something is computed: whoever checks answers has no need of it.
    """

    metadata_type: str

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> int | None:
        """Return the index of the chosen label; None when it is none of the job's."""
        labels = job.labels or ()
        label = chosen_label(answer, labels)
        return labels.index(label) if label in labels else None

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate how often each worker confuses which labels (see `worker_quality.WorkerQuality`)."""
        from groundwork.consolidation.dawid_skene import dawid_skene  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415
        from groundwork.consolidation.worker_quality import WorkerQuality  # noqa: PLC0415

        labels = len(job.labels or ())
        table = VoteTable.build(votes, labels)
        return WorkerQuality.from_estimate(table, dawid_skene(table, labels)).to_json()

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object by the estimated workers; one without a usable vote is left out.

        Confidence is `round(0.05 + 0.9 p, 2)`, which reproduces Ground Truth's (spec: workflows §2.7); 0 where one
        worker an object was asked for (§2.2).
        """
        from groundwork.consolidation.majority_vote import most_likely  # noqa: PLC0415
        from groundwork.consolidation.vote_table import VoteTable  # noqa: PLC0415
        from groundwork.consolidation.worker_quality import WorkerQuality  # noqa: PLC0415

        votes = [
            (item.object_id, answer.worker_id, vote)
            for item in objects
            for answer in item.answers
            if (vote := self.vote(answer.content, job)) is not None
        ]
        if not votes:
            return []
        table = VoteTable.build(votes, len(job.labels or ()))
        posterior = WorkerQuality.model_validate(estimate).posterior(table)
        chosen = {
            int(object_id): (int(label), float(probability))
            for object_id, label, probability in zip(
                table.objects, most_likely(posterior), posterior.max(axis=0), strict=True
            )
        }
        return [
            self._label(item, *chosen[item.object_id], job=job, now=now) for item in objects if item.object_id in chosen
        ]

    def _label(
        self, item: AnsweredObject, index: int, probability: float, *, job: LabelingJob, now: datetime
    ) -> ConsolidatedLabel:
        labels = job.labels or ()
        metadata = built_in_metadata(
            job,
            self.metadata_type,
            now,
            confidence=0.0 if job.workers_per_object == 1 else round(0.05 + 0.9 * probability, 2),
            class_name=labels[index],
        )
        record_missing_answers(metadata, item.missing)
        return ConsolidatedLabel(item.object_id, {job.label_attribute: index, job.metadata_attribute: metadata})

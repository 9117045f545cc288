"""Consolidation of verifications: one verdict, and what workers wrote about it (spec: workflows §2.12)."""

from __future__ import annotations

from datetime import datetime

from groundwork.consolidation.single_label import SingleLabel
from groundwork.consolidation.single_label_model import Chosen
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel
from groundwork.task_types.verdict_answer import worker_comment


class Verdict(SingleLabel):
    """The most likely verdict as Ground Truth writes it: its class id as a text, and the comments of all workers."""

    __slots__ = ()

    def _label(self, item: AnsweredObject, chosen: Chosen, job: LabelingJob, now: datetime) -> ConsolidatedLabel:
        label = super()._label(item, chosen, job, now)
        answers = sorted(item.answers, key=lambda answer: answer.worker_id)
        comments = [worker_comment(answer.content, job.labels or ()) for answer in answers]
        feedback = [{"comment": comment} for comment in comments if comment is not None]
        metadata = dict(label.content[job.metadata_attribute])
        if feedback:
            metadata["worker-feedback"] = feedback
        return ConsolidatedLabel(
            item.object_id, {job.label_attribute: str(chosen.index), job.metadata_attribute: metadata}
        )

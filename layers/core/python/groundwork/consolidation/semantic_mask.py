"""Consolidation of semantic segmentation: the class of every pixel from the masks of several people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from groundwork.consolidation.mask_label import file_label, mask_file
from groundwork.consolidation.metadata import creation_date, metadata_job_name, record_missing_answers
from groundwork.consolidation.semantic_mask_model import PixelEm, SemanticMaskModel
from groundwork.consolidation.single_label import confidence
from groundwork.consolidation.submitted_masks import SubmittedMask, decoded, laid_over, submitted, usable_mask
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.audited_mask import BACKGROUND
from groundwork.task_types.mask_answer import MaskAnswer, read_semantic_mask
from groundwork.task_types.mask_colors import BACKGROUND_COLOR, mask_colors
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote

if TYPE_CHECKING:
    from groundwork.consolidation.mask_smoothing import Decided
    from groundwork.consolidation.vote_map import VoteMap


@dataclass(frozen=True, slots=True)
class SemanticMask:
    """A probability for each combination of votes, then smoothing among neighbors; a vote is a grid of class ids.

    numpy and Pillow are loaded only when something is computed: whoever checks answers has no need of them.
    """

    metadata_type: str
    model: SemanticMaskModel = field(default_factory=PixelEm)
    adjusts: bool = False
    """Whether the label tells if anybody changed the earlier mask."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Reduce a mask to a small grid; None when it can't be decoded or the model has no use for it."""
        labels = job.labels or ()
        mask = usable_mask(answer, read_semantic_mask, labels) if self.model.votes else None
        if mask is None:
            return None
        from groundwork.consolidation.mask_grid import MaskGrid  # noqa: PLC0415

        masks = decoded([SubmittedMask("", mask)], mask.height, mask.width, partial(_class_ids, labels))
        return next((MaskGrid.of(pixels).model_dump(mode="json") for _, pixels in masks), None)

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers, as far as the model does that."""
        return self.model.estimate(list(votes), len(job.labels or ()) + 1)

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; one without a usable mask is left out."""
        labels = (self._label(item, estimate, job, now) for item in objects)
        return [label for label in labels if label is not None]

    def _label(self, item: AnsweredObject, estimate: Json, job: LabelingJob, now: datetime) -> ConsolidatedLabel | None:
        labels = job.labels or ()
        votes, masks = laid_over(submitted(item.answers, read_semantic_mask, labels), partial(_class_ids, labels))
        if votes is None or not masks:
            return None
        decided = self._decide(votes, [mask.worker_id for mask in masks], estimate)
        colors = (BACKGROUND_COLOR, *mask_colors(len(labels)))
        metadata: dict[str, Json] = {
            "internal-color-map": {
                str(number): {"class-name": name, "hex-color": color, "confidence": confidence(decided.certainty, job)}
                for number, (name, color) in enumerate(zip((BACKGROUND, *labels), colors, strict=True))
            },
            "type": self.metadata_type,
            "human-annotated": "yes",
            "creation-date": creation_date(now),
            "job-name": metadata_job_name(job, self.metadata_type),
        }
        if self.adjusts:
            metadata["adjustment-status"] = adjustment_status([mask.answer for mask in masks])
        record_missing_answers(metadata, item.missing + len(item.answers) - len(masks))
        file = mask_file(item.object_id, decided.mask, colors, job)
        return file_label(item.object_id, file, metadata, job)

    def _decide(self, votes: VoteMap, workers: Sequence[str], estimate: Json) -> Decided:
        import numpy as np  # noqa: PLC0415

        from groundwork.consolidation.mask_smoothing import SWEEPS, Decided, smooth  # noqa: PLC0415

        classes = np.union1d(votes.tuples, 0)
        posterior = self.model.posterior(votes, workers, classes.tolist(), estimate)
        # A single mask is kept as it was drawn: smoothing settles doubts, and there is nobody to doubt it.
        decided = smooth(votes.codes, posterior, sweeps=SWEEPS if len(workers) > 1 else 0)
        return Decided(classes.astype(np.uint8)[decided.mask], decided.certainty)


def adjustment_status(answers: Sequence[MaskAnswer]) -> str:
    """Tell whether any worker's widget says that the earlier mask was changed (spec: workflows §2.12)."""
    return "adjusted" if any(answer.modified for answer in answers) else "unadjusted"


def _class_ids(labels: Sequence[str], answer: MaskAnswer) -> list[int]:
    return [labels.index(entry.label) + 1 for entry in answer.painted]

"""Consolidation of instance segmentation: which things several people found, and the pixels of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from groundwork.consolidation.known_votes import told_apart
from groundwork.consolidation.mask_label import file_label, mask_file
from groundwork.consolidation.metadata import creation_date, metadata_job_name, record_missing_answers
from groundwork.consolidation.single_label import confidence
from groundwork.consolidation.submitted_masks import SubmittedMask, decoded, laid_over, submitted, usable_mask
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.mask_answer import MaskAnswer, read_instance_mask
from groundwork.task_types.mask_colors import BACKGROUND_COLOR, mask_colors
from groundwork.task_types.task_type import AnsweredObject, ConsolidatedLabel, Json, Vote

if TYPE_CHECKING:
    from groundwork.consolidation.instances import Instance


@dataclass(frozen=True, slots=True)
class InstanceMask:
    """Match instances, keep those that are more likely there than not, fuse their pixels.

    A vote is a grid of instances and the class of each. What the job tells about a worker is how often things are
    overlooked, invented or called by another label.
    """

    metadata_type: str

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Reduce a mask to a small grid; None when it can't be decoded."""
        labels = job.labels or ()
        mask = usable_mask(answer, read_instance_mask, labels)
        if mask is None:
            return None
        from groundwork.consolidation.mask_grid import MaskGrid  # noqa: PLC0415

        for _, pixels in decoded([SubmittedMask("", mask)], mask.height, mask.width, _values):
            return {"grid": MaskGrid.of(pixels).model_dump(mode="json"), "classes": _classes(labels, mask)}
        return None

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate how often each worker overlooks, invents and confuses things (see `confusion_quality`)."""
        from groundwork.consolidation.confusion_quality import ConfusionQuality  # noqa: PLC0415
        from groundwork.consolidation.instances import voted_things  # noqa: PLC0415

        given, known = told_apart(votes)
        by_image: dict[int, dict[str, Json]] = defaultdict(dict)
        for object_id, worker, grid in given:
            by_image[object_id][worker] = grid
        images = [voted_things(by_image[object_id], known.get(object_id)) for object_id in sorted(by_image)]
        return ConfusionQuality.estimate(images, len(job.labels or ()) + 1).to_json()

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; one without a usable mask is left out."""
        labels = (self._label(item, estimate, job, now) for item in objects)
        return [label for label in labels if label is not None]

    def _label(self, item: AnsweredObject, estimate: Json, job: LabelingJob, now: datetime) -> ConsolidatedLabel | None:
        from groundwork.consolidation.instances import find_instances, painted  # noqa: PLC0415

        labels = job.labels or ()
        votes, masks = laid_over(submitted(item.answers, read_instance_mask, labels), _values)
        if votes is None or not masks:
            return None
        workers = [mask.worker_id for mask in masks]
        classes = [_classes(labels, mask.answer) for mask in masks]
        mask, instances = painted(find_instances(votes, workers, classes, estimate), votes.codes.shape)
        colors = mask_colors(len(instances))
        metadata: dict[str, Json] = {
            "instances": [_described(instance, color, job) for instance, color in zip(instances, colors, strict=True)],
            "type": self.metadata_type,
            "human-annotated": "yes",
            "creation-date": creation_date(now),
            "job-name": metadata_job_name(job, self.metadata_type),
        }
        record_missing_answers(metadata, item.missing + len(item.answers) - len(masks))
        file = mask_file(item.object_id, mask, (BACKGROUND_COLOR, *colors), job)
        return file_label(item.object_id, file, metadata, job)


def _described(instance: Instance, color: str, job: LabelingJob) -> dict[str, Json]:
    index = instance.label - 1
    return {
        "class-name": (job.labels or ())[index],
        "class-id": index,
        "hex-color": color,
        "confidence": confidence(instance.probability, job),
    }


def _values(answer: MaskAnswer) -> list[int]:
    """Give the instances of a mask the numbers of their order in the answer."""
    return list(range(1, len(answer.painted) + 1))


def _classes(labels: Sequence[str], answer: MaskAnswer) -> list[int]:
    return [labels.index(entry.label) + 1 for entry in answer.painted]

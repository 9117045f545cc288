"""Bounding boxes as Ground Truth's published output shows them: mean coordinates, nothing left out.

Spec: workflows §2.9, steps 1 to 7. A box that one worker drew is a box of the output. What Ground Truth does not
publish (threshold, confidence) is as specified there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.known_votes import told_apart
from groundwork.consolidation.shapes import drawings_of, image_size, shape_confidence, shapes_label
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.shape_answer import find_drawing
from groundwork.task_types.shape_form import BOX_FORM
from groundwork.task_types.task_type import GOLD_VOTER, AnsweredObject, ConsolidatedLabel, Json, Vote


@dataclass(frozen=True, slots=True)
class MeanBoxes:
    """`"ConsolidationAlgorithm": "ground-truth"` of the box types."""

    metadata_type: str
    adjusts: bool = False

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Return `[[class id, [left, top, width, height]], …]`; None when the answer can't be used."""
        drawing = find_drawing(answer, job.labels or (), BOX_FORM)
        if drawing is None:
            return None
        return [[class_id, list(coordinates)] for class_id, coordinates in drawing.shapes]

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate each worker's sensitivity and false-positive rate, and the share of clusters that exist."""
        from groundwork.consolidation.mean_box_clusters import Images, estimate_existence  # noqa: PLC0415

        given, known = told_apart(votes)
        images: Images = {}
        for object_id, worker, shapes in given:
            images.setdefault(object_id, {})[worker] = shapes
        for object_id, shapes in known.items():
            images[object_id][GOLD_VOTER] = shapes
        return estimate_existence(images).model_dump(mode="json")

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; one without a usable answer is left out."""
        from groundwork.consolidation.mean_box_clusters import Existence, cluster_boxes  # noqa: PLC0415

        existence = Existence.model_validate(estimate or {})
        labels = []
        for item in objects:
            if not (drawings := drawings_of(item, job, BOX_FORM)):
                continue
            found = sorted(
                (cluster.class_id, *cluster.mean, existence.probability(cluster.workers, drawings) * cluster.agreement)
                for cluster in cluster_boxes({worker: drawing.shapes for worker, drawing in drawings.items()})
            )
            labels.append(
                shapes_label(
                    item,
                    job,
                    now,
                    metadata_type=self.metadata_type,
                    size=image_size(drawing.size for drawing in drawings.values()),
                    annotations=[{"class_id": class_id, **BOX_FORM.write(box)} for class_id, *box, _ in found],
                    confidences=[shape_confidence(job, certainty) for *_, certainty in found],
                    adjusted=any(drawing.modified for drawing in drawings.values()) if self.adjusts else None,
                )
            )
        return labels

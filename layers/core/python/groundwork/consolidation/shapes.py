"""Consolidation of the types whose answers are shapes on an image (spec: workflows §2.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from groundwork.consolidation.known_votes import told_apart
from groundwork.consolidation.metadata import creation_date, metadata_job_name, record_missing_answers
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.shape_answer import Drawing, find_drawing
from groundwork.task_types.shape_form import ShapeForm, Size
from groundwork.task_types.task_type import GOLD_VOTER, AnsweredObject, ConsolidatedLabel, Json, Vote

if TYPE_CHECKING:
    from groundwork.consolidation.shape_kind import ShapeKind
    from groundwork.consolidation.shape_model import MergedShape

DEPTH = 3
"""`depth` of `image_size`: answers don't tell the number of channels, and colour images have three."""
DECIMALS = 2
"""Merged coordinates are written to a hundredth of a pixel."""
EVEN_ODDS = 0.5 + 1e-9


@dataclass(frozen=True, slots=True)
class Shapes:
    """Cluster the workers' shapes, keep what more likely exists than not, put it in the middle of its members.

    Confidence of a shape is
    `round(0.05 + 0.9 P r, 2)` with P its probability of existing and r the mean similarity of its members with it;
    0 where one worker an object was asked for (spec: workflows §2.2). numpy is loaded only when something is computed.
    """

    metadata_type: str
    form: ShapeForm
    kind: Callable[[], ShapeKind]
    """Loads the kind of shape."""
    adjusts: bool = False
    """Whether the metadata says if anybody changed what was there at the start."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Return `[width, height, [[class id, [coordinates]], …]]`; None when the answer can't be used."""
        drawing = find_drawing(answer, job.labels or (), self.form)
        if drawing is None:
            return None
        return [*drawing.size, [[class_id, list(coordinates)] for class_id, coordinates in drawing.shapes]]

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate how far each worker can be relied on (see `worker_detection`).

        Of very many data objects an even choice is looked at, `ShapeKind.estimate_objects` of them, up to half of
        which are gold objects.
        """
        from groundwork.consolidation.shape_model import cluster_image, estimate_workers  # noqa: PLC0415

        kind = self.kind()
        given, known = told_apart(votes)
        drawn: dict[int, dict[str, Json]] = {}
        for object_id, worker, vote in given:
            drawn.setdefault(object_id, {})[worker] = vote
        for object_id, vote in known.items():
            drawn[object_id][GOLD_VOTER] = vote
        gold = evenly(known, kind.estimate_objects // 2)
        rest = evenly(drawn.keys() - known.keys(), kind.estimate_objects - len(gold))
        images = [
            cluster_image(
                {worker: shapes for worker, (_, _, shapes) in drawn[object_id].items()},
                image_size((width, height) for width, height, _ in drawn[object_id].values()),
                kind,
            )
            for object_id in sorted([*gold, *rest])
        ]
        return estimate_workers(images, kind).model_dump(mode="json")

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; one without a usable answer is left out."""
        from groundwork.consolidation.shape_model import cluster_image, merge_image  # noqa: PLC0415
        from groundwork.consolidation.worker_detection import WorkerDetections  # noqa: PLC0415

        kind = self.kind()
        known = WorkerDetections.model_validate(estimate or {}).workers
        labels = []
        for item in objects:
            if not (drawings := drawings_of(item, job, self.form)):
                continue
            size = image_size(drawing.size for drawing in drawings.values())
            shapes = {worker: drawing.shapes for worker, drawing in drawings.items()}
            merged = [
                shape
                for shape in merge_image(cluster_image(shapes, size, kind), known, kind)
                if shape.exists > EVEN_ODDS
            ]
            labels.append(self._label(item, job, now, drawings, merged))
        return labels

    def _label(
        self,
        item: AnsweredObject,
        job: LabelingJob,
        now: datetime,
        drawings: Mapping[str, Drawing],
        merged: Sequence[MergedShape],
    ) -> ConsolidatedLabel:
        found = sorted(
            (
                (shape.class_id, tuple(round(float(number), DECIMALS) for number in shape.coordinates)),
                shape_confidence(job, shape.exists * shape.agreement),
            )
            for shape in merged
        )
        return shapes_label(
            item,
            job,
            now,
            metadata_type=self.metadata_type,
            size=image_size(drawing.size for drawing in drawings.values()),
            annotations=[{"class_id": class_id, **self.form.write(flat)} for (class_id, flat), _ in found],
            confidences=[confidence for _, confidence in found],
            adjusted=any(drawing.modified for drawing in drawings.values()) if self.adjusts else None,
        )


def evenly(objects: Collection[int], most: int) -> list[int]:
    """Choose at most so many objects, 1 or more, evenly spread over their ids."""
    step = -(-len(objects) // most) or 1
    return sorted(objects)[::step]


def drawings_of(item: AnsweredObject, job: LabelingJob, form: ShapeForm) -> dict[str, Drawing]:
    """Read the usable answers to a data object, by worker id in ascending order."""
    found = {
        answer.worker_id: find_drawing(answer.content, job.labels or (), form)
        for answer in sorted(item.answers, key=lambda answer: answer.worker_id)
    }
    return {worker: drawing for worker, drawing in found.items() if drawing is not None}


def image_size(sizes: Iterable[Size]) -> Size:
    """Choose the size that most answers give, the smallest of equally frequent ones."""
    return min(Counter(sizes).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def shape_confidence(job: LabelingJob, certainty: float) -> float:
    """Put a probability on the scale of confidence (spec: workflows §2.9, step 7)."""
    return 0.0 if job.workers_per_object == 1 else round(0.05 + 0.9 * certainty, 2)


def shapes_label(  # noqa: PLR0913 (the parts of one output line)
    item: AnsweredObject,
    job: LabelingJob,
    now: datetime,
    *,
    metadata_type: str,
    size: Size,
    annotations: Sequence[Mapping[str, Json]],
    confidences: Sequence[float],
    adjusted: bool | None,
) -> ConsolidatedLabel:
    """Write shapes as an output line has them (spec: data-formats §11.3)."""
    labels = job.labels or ()
    metadata: dict[str, Json] = {
        "objects": [{"confidence": confidence} for confidence in confidences],
        "class-map": {str(number): labels[number] for number in sorted({item["class_id"] for item in annotations})},
        "type": metadata_type,
        "human-annotated": "yes",
        "creation-date": creation_date(now),
        "job-name": metadata_job_name(job, metadata_type),
    }
    if adjusted is not None:
        metadata["adjustment-status"] = "adjusted" if adjusted else "unadjusted"
    record_missing_answers(metadata, item.missing)
    value = {
        "image_size": [{"width": size[0], "height": size[1], "depth": DEPTH}],
        "annotations": [dict(annotation) for annotation in annotations],
    }
    return ConsolidatedLabel(item.object_id, {job.label_attribute: value, job.metadata_attribute: metadata})

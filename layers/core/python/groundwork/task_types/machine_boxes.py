"""Boxes that a model draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import NamedTuple

from groundwork.consolidation.metadata import creation_date, metadata_job_name
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.task_type import Json

SIDES = ("left", "top", "width", "height")
DEPTH = 3


class MachineBoxes(NamedTuple):
    """A prediction is `{"size": [width, height], "boxes": [[class id, left, top, width, height, score], …]}`."""

    def read(self, content: Mapping[str, Json], job: LabelingJob) -> list[list[float]] | None:
        """Read class id and sides of each box that people drew; None when one is none of the job's."""
        label = content.get(job.label_attribute)
        annotations = label.get("annotations") if isinstance(label, Mapping) else None
        if not isinstance(annotations, list):
            return None
        boxes = [_box(annotation, len(job.labels or ())) for annotation in annotations]
        return [box for box in boxes if box is not None] if None not in boxes else None

    def content(
        self, prediction: Mapping[str, Json], confidence: float, job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Write a prediction as the label of its output line (spec: data-formats §11.3); each box has its own score."""
        labels, (width, height) = job.labels or (), prediction["size"]
        boxes = sorted(prediction["boxes"])
        value = {
            "image_size": [{"width": width, "height": height, "depth": DEPTH}],
            "annotations": [
                {"class_id": class_id, **dict(zip(SIDES, sides, strict=True))} for class_id, *sides, _ in boxes
            ],
        }
        metadata = {
            "objects": [{"confidence": round(score, 2)} for *_, score in boxes],
            "class-map": {str(number): labels[number] for number in sorted({box[0] for box in boxes})},
            "type": metadata_type,
            "human-annotated": "no",
            "creation-date": creation_date(now),
            "job-name": metadata_job_name(job, metadata_type),
        }
        return {job.label_attribute: value, job.metadata_attribute: metadata}

    def copies(self, prediction: Json, job: LabelingJob) -> list[tuple[S3Uri, S3Uri]]:
        """Name no files: boxes have none."""
        return []


def _box(annotation: Json, classes: int) -> list[float] | None:
    if not isinstance(annotation, Mapping):
        return None
    class_id = read_class_id(annotation.get("class_id"))
    sides: list[Json] = [annotation.get(side) for side in SIDES]
    if class_id is None or class_id >= classes:
        return None
    return [class_id, *sides] if all(type(side) in (int, float) and isfinite(side) for side in sides) else None

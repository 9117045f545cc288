"""Lines of the augmented manifests that containers are trained with.

Source: the sections "Train with Augmented Manifest" of the guide's pages on the four built-in algorithms. Pipe mode
hands a container the values of `ATTRIBUTES` in their order, those of names ending in `-ref` being fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from groundwork.job.labeling_job import Algorithm, LabelingJob
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.task_type import Json

Line = dict[str, Json]
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class HumanLabel:
    """A data object that people labeled: its text or S3 address, and the label as it stands in the output line."""

    source: str
    content: Mapping[str, Json]


class TrainingLine(Protocol):
    """Makes a line."""

    def __call__(self, item: HumanLabel, job: LabelingJob) -> Line | None:
        """Write a data object with its label; None when the container can't learn from it."""


ATTRIBUTES: dict[Algorithm, tuple[str, str]] = {
    "image-classification": ("source-ref", "label"),
    "text-classification": ("source", "label"),
    "object-detection": ("source-ref", "label"),
    "semantic-segmentation": ("source-ref", "label-ref"),
}
"""`AttributeNames` of the channels: data object, then label."""


def tokens(text: str) -> str:
    """Write a text as BlazingText wants it: lower-case words and marks with spaces between, on one line."""
    return " ".join(_TOKEN.findall(text.lower()))


def image_class_line(item: HumanLabel, job: LabelingJob) -> Line | None:
    """Write an image and its class id."""
    class_id = _class_id(item, job)
    return None if class_id is None else {"source-ref": item.source, "label": class_id}


def text_line(item: HumanLabel, job: LabelingJob) -> Line | None:
    """Write a text and its class id; one without a single word teaches nothing."""
    class_id, text = _class_id(item, job), tokens(item.source)
    return None if class_id is None or not text else {"source": text, "label": class_id}


def boxes_line(item: HumanLabel, job: LabelingJob) -> Line | None:
    """Write an image with its boxes; the container takes no image without one."""
    label = item.content.get(job.label_attribute)
    return {"source-ref": item.source, "label": label} if isinstance(label, Mapping) and box_count(label) else None


def mask_line(item: HumanLabel, job: LabelingJob) -> Line | None:
    """Write a JPEG image with its mask, in which a pixel's value is its class (see `encode_mask`)."""
    label = item.content.get(job.label_attribute)
    if not isinstance(label, str) or not is_jpeg(item.source):
        return None
    return {"source-ref": item.source, "label-ref": label}


TRAINING_LINES: dict[Algorithm, TrainingLine] = {
    "image-classification": image_class_line,
    "text-classification": text_line,
    "object-detection": boxes_line,
    "semantic-segmentation": mask_line,
}


def is_jpeg(source: str) -> bool:
    """Whether the segmentation container can look at an image: at inference it takes `image/jpeg` and nothing else."""
    return source.lower().endswith((".jpg", ".jpeg"))


def box_count(label: Json) -> int:
    """Count the boxes of a label."""
    annotations = label.get("annotations") if isinstance(label, Mapping) else None
    return len(annotations) if isinstance(annotations, list) else 0


def _class_id(item: HumanLabel, job: LabelingJob) -> int | None:
    class_id = read_class_id(item.content.get(job.label_attribute))
    return class_id if class_id is not None and 0 <= class_id < len(job.labels or ()) else None

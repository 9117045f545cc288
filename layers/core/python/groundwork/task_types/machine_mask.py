"""Masks that a model draws: each pixel's value is its class, in the colors of the job's other masks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, TypedDict

from groundwork.consolidation.metadata import creation_date, metadata_job_name
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.audited_mask import BACKGROUND
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.mask_answer import Color
from groundwork.task_types.mask_colors import BACKGROUND_COLOR, mask_colors
from groundwork.task_types.task_type import Json

_HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class MaskOfPeople(TypedDict):
    """Where a mask that people made lies, and its colors `#rrggbb` with the class ids they stand for, from 1."""

    mask: str
    colors: list[tuple[str, int]]


class MachineMask(NamedTuple):
    """A prediction is `{"object": object id, "mask": S3 address of a PNG}`."""

    def read(self, content: Mapping[str, Json], job: LabelingJob) -> MaskOfPeople | None:
        """Read where people's mask lies and what its colors stand for; None when it is none of the job's."""
        address, metadata = content.get(job.label_attribute), content.get(job.metadata_attribute)
        classes = metadata.get("internal-color-map") if isinstance(metadata, Mapping) else None
        if not isinstance(address, str) or not isinstance(classes, Mapping):
            return None
        colors: list[tuple[str, int]] = []
        for key, entry in classes.items():
            number = read_class_id(key)
            color = entry.get("hex-color") if isinstance(entry, Mapping) else None
            if number is None or not isinstance(color, str) or not _HEX_COLOR.fullmatch(color):
                return None
            if entry.get("class-name") != BACKGROUND:
                colors.append((color, number))
        return {"mask": address, "colors": colors}

    def content(
        self, prediction: Mapping[str, Json], confidence: float, job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Write a prediction as the label of its output line (spec: data-formats §11.4)."""
        labels = job.labels or ()
        metadata = {
            "internal-color-map": {
                str(number): {"class-name": name, "hex-color": color, "confidence": round(confidence, 2)}
                for number, (name, color) in enumerate(
                    zip((BACKGROUND, *labels), class_colors(len(labels)), strict=True)
                )
            },
            "type": metadata_type,
            "human-annotated": "no",
            "creation-date": creation_date(now),
            "job-name": metadata_job_name(job, metadata_type),
        }
        return {job.label_attribute: str(_label_file(prediction, job)), job.metadata_attribute: metadata}

    def copies(self, prediction: Mapping[str, Json], job: LabelingJob) -> list[tuple[S3Uri, S3Uri]]:
        """Bring the mask to where masks of people lie."""
        return [(S3Uri.parse(prediction["mask"]), _label_file(prediction, job))]


def class_colors(labels: int) -> tuple[str, ...]:
    """Give the color of each value of a mask: the background's, then one a label."""
    return BACKGROUND_COLOR, *mask_colors(labels)


def colors_of(label: MaskOfPeople) -> list[tuple[Color, int]]:
    """Write the colors as a mask is decoded with them."""
    return [(_rgb(color), number) for color, number in label["colors"]]


def _rgb(color: str) -> Color:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


def _label_file(prediction: Mapping[str, Json], job: LabelingJob) -> S3Uri:
    return JobPaths(job.output).consolidated_file(prediction["object"], job.created_at, ".png")

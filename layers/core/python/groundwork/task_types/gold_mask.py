"""Gold objects of segmentation: images of which a mask is known. It stays where it lies in S3."""

from __future__ import annotations

import base64
from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from groundwork.consolidation.metadata import creation_date, metadata_job_name
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.audited_mask import BACKGROUND
from groundwork.task_types.mask_answer import (
    INSTANCES,
    LABEL_MAPPINGS,
    MaskAnswer,
    read_color,
    read_instance_mask,
    read_semantic_mask,
)
from groundwork.task_types.mask_colors import BACKGROUND_COLOR
from groundwork.task_types.png_header import HEADER_BYTES, NoPngError, read_header
from groundwork.task_types.predicted_mask import PredictedInstances, PredictedMask
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError
from groundwork.task_types.task_type import GoldAnswers, InvalidAnswerError, Json

LARGEST_FILE = 20_000_000
"""Bytes: more than a mask of 100 megapixels takes, and little enough for the memory of those who read it."""


class GoldFile(GoldAnswers):
    """Known answers are the address of a mask, `src`, and what its colors stand for."""

    parts: ClassVar[str]
    """Member of an answer that tells what the colors stand for."""

    def file(self, known: Mapping[str, Json]) -> str:
        """Tell where the mask lies."""
        return str(known["src"])

    def answer(self, known: Mapping[str, Json], job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Submit the mask.

        Raises
        ------
        UnusablePredictionError
            There is no file, or it is no PNG that could be a mask. Its pixels are not looked at.
        """
        if file is None:
            raise UnusablePredictionError(f"{known['src']} is not there or may not be read")
        if len(file) > LARGEST_FILE:
            raise UnusablePredictionError(f"{known['src']} is larger than {LARGEST_FILE // 1_000_000} MB")
        try:
            header = read_header(file[:HEADER_BYTES])
        except NoPngError:
            raise UnusablePredictionError(f"{known['src']} is no PNG") from None
        mask = {
            "inputImageProperties": {"width": header.width, "height": header.height},
            "labeledImage": {"pngImageData": base64.b64encode(file).decode()},
            self.parts: known[self.parts],
        }
        try:
            self.mask({"known": mask})
        except InvalidAnswerError as error:
            raise UnusablePredictionError(str(error).partition(". ")[0].rstrip(".")) from None
        return {"known": mask}

    def content(
        self, known: Mapping[str, Json], job: LabelingJob, metadata_type: str, now: datetime
    ) -> dict[str, Json]:
        """Point to the mask as the label of its line does: no person painted it, and it is certain."""
        metadata = {
            **self.described(known, job),
            "type": metadata_type,
            "human-annotated": "no",
            "creation-date": creation_date(now),
            "job-name": metadata_job_name(job, metadata_type),
        }
        return {job.label_attribute: known["src"], job.metadata_attribute: metadata}

    @abstractmethod
    def mask(self, answer: Mapping[str, Json]) -> MaskAnswer:
        """Read an answer of the type.

        Raises
        ------
        InvalidAnswerError
            It is none.
        """

    @abstractmethod
    def described(self, known: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
        """Tell what the colors stand for, as the metadata of the type has it."""


class GoldMask(GoldFile):
    """A label for each pixel, written as the type's output has it: an address with `internal-color-map` beside it."""

    parts = LABEL_MAPPINGS

    def mask(self, answer: Mapping[str, Json]) -> MaskAnswer:
        """Read an answer of `crowd-semantic-segmentation`."""
        return read_semantic_mask(answer)

    def read(self, given: GivenPrediction, job: LabelingJob) -> Json:
        """Read the address and the color of each label."""
        return PredictedMask().read(given, job).label

    def described(self, known: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
        """List the classes from 1 in the order of the job's labels, the background before them."""
        labels = job.labels or ()
        entries = {0: (BACKGROUND, BACKGROUND_COLOR)}
        entries |= {labels.index(label) + 1: (label, _hex(part)) for label, part in known[self.parts].items()}
        return {
            "internal-color-map": {
                str(number): {"class-name": name, "hex-color": color, "confidence": 1.0}
                for number, (name, color) in sorted(entries.items())
            }
        }


class GoldInstances(GoldFile):
    """An instance for each pixel, written as the type's output has it: an address with `instances` beside it."""

    parts = INSTANCES

    def mask(self, answer: Mapping[str, Json]) -> MaskAnswer:
        """Read an answer of `crowd-instance-segmentation`."""
        return read_instance_mask(answer)

    def read(self, given: GivenPrediction, job: LabelingJob) -> Json:
        """Read the address, and label and color of each instance."""
        return PredictedInstances().read(given, job).label

    def described(self, known: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
        """List the instances in their order."""
        labels = job.labels or ()
        return {
            "instances": [
                {
                    "class-name": part["label"],
                    "class-id": labels.index(part["label"]),
                    "hex-color": _hex(part),
                    "confidence": 1.0,
                }
                for part in known[self.parts]
            ]
        }


def _hex(part: Mapping[str, Json]) -> str:
    red, green, blue = read_color(part["color"]) or (0, 0, 0)
    return f"#{red:02x}{green:02x}{blue:02x}"

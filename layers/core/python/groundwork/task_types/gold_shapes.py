"""Gold objects of types whose answers are shapes: images of which all shapes are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from groundwork.consolidation.shapes import shapes_label
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.predicted_shapes import PredictedShapes
from groundwork.task_types.prediction import GivenPrediction, UnusablePredictionError
from groundwork.task_types.shape_answer import read_drawing
from groundwork.task_types.shape_form import ShapeForm
from groundwork.task_types.task_type import AnsweredObject, GoldAnswers, InvalidAnswerError, Json

DECIMALS = 6
"""Digits of a pixel that are written: more would be the noise of adding and taking away."""


@dataclass(frozen=True, slots=True)
class GoldShapes(GoldAnswers):
    """Known answers are what the widget of the form submits: its list of shapes, and `inputImageProperties`."""

    form: ShapeForm

    def read(self, given: GivenPrediction, job: LabelingJob) -> dict[str, Json]:
        """Read the label of an output line: `annotations` with class ids or labels, and the `image_size`."""
        size = _size(given.value)
        shapes = PredictedShapes(self.form).read(given, job).label
        known = {self.form.key: shapes, "inputImageProperties": size}
        try:
            read_drawing({"known": known}, job.labels or (), self.form)
        except InvalidAnswerError as error:
            raise UnusablePredictionError(str(error).partition(". ")[0].rstrip(".")) from None
        return known

    def answer(self, known: dict[str, Json], job: LabelingJob, file: bytes | None = None) -> dict[str, Json]:
        """Submit the shapes."""
        return {"known": known}

    def content(self, known: dict[str, Json], job: LabelingJob, metadata_type: str, now: datetime) -> dict[str, Json]:
        """Write the known answer as the label of its line: no person gave it, and it is certain."""
        drawing = read_drawing(self.answer(known, job), job.labels or (), self.form)
        label = shapes_label(
            AnsweredObject(0, (), ""),
            job,
            now,
            metadata_type=metadata_type,
            size=drawing.size,
            annotations=[
                {"class_id": class_id, **self.form.write([round(number, DECIMALS) for number in flat])}
                for class_id, flat in drawing.shapes
            ],
            confidences=[1.0] * len(drawing.shapes),
            adjusted=None,
        )
        content = dict(label.content)
        content[job.metadata_attribute] = {**content[job.metadata_attribute], "human-annotated": "no"}
        return content


def _size(value: Json) -> dict[str, int]:
    match value:
        case {"image_size": [{"width": int(width), "height": int(height)}, *_]}:
            return {"width": width, "height": height}
        case Mapping():
            raise UnusablePredictionError("it has no image_size with the width and height of the image")
    raise UnusablePredictionError("it is no object with annotations and image_size")

"""Predicted shapes on an image, as an earlier output has them or as the widget takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.predicted_class import predicted_label
from groundwork.task_types.prediction import (
    GivenPrediction,
    Prediction,
    Predictions,
    UnusablePredictionError,
    part_confidences,
    shown,
)
from groundwork.task_types.shape_answer import LARGEST_SIDE, MOST_NUMBERS, MOST_SHAPES
from groundwork.task_types.shape_form import ShapeError, ShapeForm, Size
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class PredictedShapes(Predictions):
    """Shapes of one form.

    Written as in an output line, `{"annotations": [{"class_id", …}], "image_size"?}` with metadata `class-map` and
    `objects`; or as a list of `{"label", …, "confidence"?}`, bare or as the answer of the widget has it.
    """

    form: ShapeForm
    shown = True
    """A shape takes many seconds to draw and few to correct, and is seen to be wrong."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """List the shapes as `initial-value` takes them, with what stands over the image's edge cut off."""
        items = self._items(given.value)
        if len(items) > MOST_SHAPES:
            raise UnusablePredictionError(f"it has {len(items):,} shapes; at most {MOST_SHAPES:,} can be submitted")
        size = _size(given.value)
        shapes = [self._shape(number, item, given, job, size) for number, item in enumerate(items, start=1)]
        if sum(numbers for _, numbers in shapes) > MOST_NUMBERS:
            raise UnusablePredictionError(f"its shapes have more than {MOST_NUMBERS // 2:,} corners in all")
        return given.of([shape for shape, _ in shapes], part_confidences(items, given.metadata, "objects"))

    def _items(self, value: Json) -> list[Mapping[str, Json]]:
        if isinstance(value, Mapping):
            value = value.get("annotations", value.get(self.form.key))
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise UnusablePredictionError("it has no list of annotations")
        return value

    def _shape(
        self, number: int, item: Mapping[str, Json], given: GivenPrediction, job: LabelingJob, size: Size
    ) -> tuple[dict[str, Json], int]:
        """Give the shape, and how many numbers it takes."""
        named = item.get("label", item.get("class_id"))
        label = predicted_label(named, None if "label" in item else given.metadata.get("class-map"), job.labels or ())
        try:
            coordinates = self.form.read(_cut(item, size), size)
        except ShapeError as error:
            # The rest of the text tells a worker what to do.
            raise UnusablePredictionError(f"{self.form.name} {number} {str(error).partition('. ')[0]}") from None
        return {"label": label, **self.form.write(coordinates)}, len(coordinates)


def _size(value: Json) -> Size:
    """Read `image_size`; without it a shape may reach as far as images do."""
    sizes = value.get("image_size") if isinstance(value, Mapping) else None
    if sizes is None:
        return LARGEST_SIDE, LARGEST_SIDE
    size = sizes[0] if isinstance(sizes, list) and sizes else sizes
    width, height = (size.get("width"), size.get("height")) if isinstance(size, Mapping) else (None, None)
    if not (type(width) is type(height) is int and 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise UnusablePredictionError(f"its image_size {shown(sizes)} is none")
    return width, height


def _cut(shape: Mapping[str, Json], size: Size) -> dict[str, Json]:
    """Bring a shape into the image: models reach over its edges by a little."""
    cut = {**shape, **_cut_point(shape, size)}
    for start, extent, side in (("left", "width", size[0]), ("top", "height", size[1])):
        begin, length = shape.get(start), shape.get(extent)
        if _is_number(begin) and _is_number(length):
            cut[start] = min(max(begin, 0), side)
            cut[extent] = min(max(begin + length, 0), side) - cut[start]
    if isinstance(vertices := shape.get("vertices"), list):
        cut["vertices"] = [_cut_point(_point(vertex), size) for vertex in vertices]
    return cut


def _point(vertex: Json) -> Mapping[str, Json]:
    """Read a corner, also when it is written as a pair."""
    if isinstance(vertex, list) and len(vertex) == 2:
        return {"x": vertex[0], "y": vertex[1]}
    return vertex if isinstance(vertex, Mapping) else {}


def _cut_point(point: Mapping[str, Json], size: Size) -> dict[str, Json]:
    return {
        axis: min(max(point[axis], 0), side)
        for axis, side in zip(("x", "y"), size, strict=True)
        if _is_number(point.get(axis))
    }


def _is_number(value: Json) -> TypeGuard[float]:
    return type(value) in {int, float}

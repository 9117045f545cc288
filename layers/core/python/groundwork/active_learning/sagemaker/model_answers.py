"""What the models of the built-in algorithms answer about one data object, read from a transform job's output.

Source: the sections on inference of the guide's pages on the four algorithms.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.active_learning.sagemaker.record import RecordError, read_record
from groundwork.task_types.task_type import Json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from groundwork.consolidation.mask_image import Mask

_LABEL = "__label__"
_BOX_NUMBERS = 6


class AnswerError(ValueError):
    """An answer of another form than the guide gives; the object is left to people."""


@dataclass(frozen=True, slots=True)
class ClassAnswer:
    """The most probable class, by its place in the label list, and its probability."""

    class_id: int
    probability: float


@dataclass(frozen=True, slots=True)
class ScoredBox:
    """A box in shares of the image's sides, left, top, right, bottom."""

    class_id: int
    score: float
    sides: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MaskAnswer:
    """The most probable class of each pixel, 0 for the background, and its probability."""

    mask: Mask
    probability: NDArray[np.float32]


def read_image_class(content: bytes, classes: int) -> ClassAnswer:
    """Read `{"prediction": [p0, p1, …]}`.

    Raises
    ------
    AnswerError
        There is not one probability a class.
    """
    probabilities = _json(content).get("prediction")
    if not isinstance(probabilities, list) or len(probabilities) != classes:
        raise AnswerError(f"expected {classes} probabilities")
    numbers = [_probability(number) for number in probabilities]
    best = max(range(classes), key=numbers.__getitem__)
    return ClassAnswer(best, numbers[best])


def read_text_classes(content: bytes, classes: int) -> Iterator[tuple[int, ClassAnswer]]:
    """Read lines `{"id": object id, "SageMakerOutput": {"label": ["__label__1", …], "prob": [p, …]}}`.

    Raises
    ------
    AnswerError
        A line has another form or a class that the job does not have.
    """
    for line in content.splitlines():
        document = _json(line)
        object_id, answer = document.get("id"), document.get("SageMakerOutput")
        if type(object_id) is not int or not isinstance(answer, dict):
            raise AnswerError("expected a line with id and SageMakerOutput")
        yield object_id, _text_class(answer, classes)


def read_boxes(content: bytes, classes: int) -> list[ScoredBox]:
    """Read `{"prediction": [[class, score, left, top, right, bottom], …]}`, the surest box first.

    Rows of class -1 fill the answer up, and boxes of no extent are none.

    Raises
    ------
    AnswerError
        It has another form.
    """
    rows = _json(content).get("prediction")
    if not isinstance(rows, list):
        raise AnswerError("expected a list of boxes")
    boxes = [box for row in rows if (box := _box(row, classes)) is not None]
    return sorted(boxes, key=lambda box: (-box.score, box.class_id, box.sides))


def read_mask(content: bytes, classes: int) -> MaskAnswer:
    """Read a record with `target`, the probabilities, and `shape`: 1, classes and background, height, width.

    Raises
    ------
    AnswerError
        It has another form.
    """
    import numpy as np  # noqa: PLC0415

    try:
        features = read_record(content)
    except RecordError as error:
        raise AnswerError(str(error)) from error
    if not {"target", "shape"} <= features.keys():
        raise AnswerError("the record has no target and shape")
    shape = [int(side) for side in features["shape"]][-3:]
    if len(shape) != 3 or shape[0] != classes + 1 or math.prod(shape) != features["target"].size or not all(shape):
        raise AnswerError(f"probabilities of shape {shape} for {classes} classes and the background")
    probabilities = features["target"].astype(np.float32, copy=False).reshape(shape)
    mask = probabilities.argmax(axis=0)
    sure = np.take_along_axis(probabilities, mask[np.newaxis], axis=0)[0]
    if not np.isfinite(sure).all():
        raise AnswerError("a probability is no number")
    return MaskAnswer(mask.astype(np.uint8), sure)


def _text_class(answer: dict[str, Json], classes: int) -> ClassAnswer:
    labels, probabilities = answer.get("label"), answer.get("prob")
    if not isinstance(labels, list) or not isinstance(probabilities, list):
        raise AnswerError("expected a list of labels and one of probabilities")
    if not labels or len(labels) != len(probabilities):
        raise AnswerError(f"{len(labels)} labels and {len(probabilities)} probabilities")
    best = max(range(len(labels)), key=lambda place: _probability(probabilities[place]))
    number = str(labels[best]).removeprefix(_LABEL)
    if not number.isdecimal() or int(number) >= classes:
        raise AnswerError(f"{labels[best]!r} is no class of the job")
    # BlazingText adds up to a hair more than 1.
    return ClassAnswer(int(number), min(1.0, _probability(probabilities[best])))


def _box(row: Json, classes: int) -> ScoredBox | None:
    if not isinstance(row, list) or len(row) != _BOX_NUMBERS or not all(_is_number(number) for number in row):
        raise AnswerError("a box has a class, a score and four sides")
    class_id = int(row[0])
    if class_id < 0:
        return None
    if class_id >= classes:
        raise AnswerError(f"class {class_id} is none of the job's {classes}")
    left, top, right, bottom = (min(1.0, max(0.0, float(side))) for side in row[2:])
    if right <= left or bottom <= top:
        return None
    return ScoredBox(class_id, min(1.0, max(0.0, float(row[1]))), (left, top, right, bottom))


def _json(content: bytes) -> dict[str, Json]:
    try:
        document = json.loads(content)
    except ValueError as error:
        raise AnswerError(f"no JSON: {error}") from error
    if not isinstance(document, dict):
        raise AnswerError("no JSON object")
    return document


def _probability(number: Json) -> float:
    if not _is_number(number) or number < 0:
        raise AnswerError(f"{number!r} is no probability")
    return float(number)


def _is_number(number: Json) -> bool:
    return type(number) in (int, float) and math.isfinite(number)

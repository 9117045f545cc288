"""The answer of an annotation widget: shapes with labels on one image (spec: crowd-elements §6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from groundwork.task_types.shape_form import Coordinates, ShapeError, ShapeForm, Size
from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json

MOST_SHAPES = 1_000
"""Shapes of one answer."""
MOST_NUMBERS = 40_000
"""Coordinates of one answer: 20,000 vertices."""
LARGEST_SIDE = 100_000
"""Pixels: beyond what a browser can show (an image may have 100 megapixels, spec: task-types §1.3)."""

Shape = tuple[int, Coordinates]
"""Class id and coordinates."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one worker drew on one image."""

    size: Size
    shapes: tuple[Shape, ...]
    modified: bool
    """Whether the worker changed the shapes that were there at the start."""


def read_drawing(answer: Mapping[str, Json], labels: Sequence[str], form: ShapeForm) -> Drawing:
    """Read the widget's answer, whatever its key is (spec: task-types §2.2).

    Shapes are sorted: in which order they were drawn says nothing.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    widget = _widget(answer, form)
    size = _size(widget)
    given = widget[form.key]
    if len(given) > MOST_SHAPES:
        raise InvalidAnswerError(
            f"There are {len(given):,} shapes on this image; at most {MOST_SHAPES:,} can be submitted."
        )
    shapes = sorted(_shape(number, shape, size, labels, form) for number, shape in enumerate(given, start=1))
    if sum(len(coordinates) for _, coordinates in shapes) > MOST_NUMBERS:
        raise InvalidAnswerError(f"The shapes have more than {MOST_NUMBERS // 2:,} corners in all. Draw simpler ones.")
    return Drawing(size, tuple(shapes), widget.get("initialValueModified") is True)


def find_drawing(answer: Mapping[str, Json], labels: Sequence[str], form: ShapeForm) -> Drawing | None:
    """Read the widget's answer; None when it can't be used."""
    try:
        return read_drawing(answer, labels, form)
    except InvalidAnswerError:
        return None


@dataclass(frozen=True, slots=True)
class CheckDrawing:
    """The answer check of the types whose answer is shapes of one form."""

    form: ShapeForm

    def __call__(self, answer: Mapping[str, Json], task: AnsweredTask) -> None:
        """Refuse anything but shapes with labels of the job inside the image; none at all is an answer too."""
        read_drawing(answer, task.labels, self.form)


def _widget(answer: Mapping[str, Json], form: ShapeForm) -> Mapping[str, Json]:
    found = list(_widgets(answer, form))
    if len(found) != 1:
        how_many = "no field" if not found else "several fields"
        raise InvalidAnswerError(
            f'The answer has {how_many} with "{form.key}"; exactly one is expected. '
            "Reload the task, and tell whoever made the template if this comes again."
        )
    return found[0]


def _widgets(answer: Mapping[str, Json], form: ShapeForm) -> Iterator[Mapping[str, Json]]:
    for value in answer.values():
        if isinstance(value, Mapping) and isinstance(value.get(form.key), list):
            yield value


def _size(widget: Mapping[str, Json]) -> Size:
    properties = widget.get("inputImageProperties")
    width, height = (
        (properties.get("width"), properties.get("height")) if isinstance(properties, Mapping) else (None, None)
    )
    if width is None or height is None or not (_is_side(width) and _is_side(height)):
        raise InvalidAnswerError(
            "The answer does not give the size of the image (inputImageProperties). "
            "Wait until the image has loaded and submit again."
        )
    return int(width), int(height)


def _is_side(value: Json) -> bool:
    return type(value) in {int, float} and 1 <= value <= LARGEST_SIDE and value == int(value)


def _shape(number: int, shape: Json, size: Size, labels: Sequence[str], form: ShapeForm) -> Shape:
    name = f"{form.name.capitalize()} {number}"
    label = shape.get("label") if isinstance(shape, Mapping) else None
    if not isinstance(label, str) or not label:
        raise InvalidAnswerError(f"{name} has no label. Give it one of {listed(labels)}.")
    if label not in labels:
        raise InvalidAnswerError(
            f'{name} has the label "{label[:100]}", which this job does not have. Choose one of {listed(labels)}.'
        )
    try:
        return labels.index(label), form.read(shape, size)
    except ShapeError as error:
        raise InvalidAnswerError(f"{name} {error} and submit again.") from None

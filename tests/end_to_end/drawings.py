"""Shapes that several people draw around the same two things, and what must come of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.end_to_end.answers import Kind, Outcome, check_confidence, slips
from tests.end_to_end.shown_task import ShownTask

Json = Any
Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""

NEAR = 4.0
"""Pixels that a consolidated coordinate may be off; each worker is off by up to three."""


def things(size: tuple[int, int], labels: Sequence[str]) -> list[tuple[str, Box]]:
    """Where the two things are that everybody sees, as shares of the image."""
    width, height = size
    shares = ((0.15, 0.2, 0.3, 0.4), (0.55, 0.5, 0.3, 0.35))
    boxes = ((left * width, top * height, wide * width, high * height) for left, top, wide, high in shares)
    return list(zip((labels[0], labels[-1]), boxes, strict=True))


@dataclass(frozen=True, slots=True)
class Form:
    """How a widget writes a thing as a shape, and the numbers in it, by which shapes are compared."""

    element: str
    key: str
    write: Callable[[Box], Mapping[str, Json]]


def _vertices(*points: tuple[float, float]) -> dict[str, Json]:
    return {"vertices": [{"x": x, "y": y} for x, y in points]}


BOX = Form(
    "crowd-bounding-box", "boundingBoxes", lambda box: dict(zip(("left", "top", "width", "height"), box, strict=True))
)
POLYGON = Form(
    "crowd-polygon",
    "polygons",
    lambda box: _vertices(
        box[:2], (box[0] + box[2], box[1]), (box[0] + box[2], box[1] + box[3]), (box[0], box[1] + box[3])
    ),
)
POLYLINE = Form(
    "crowd-polyline",
    "polylines",
    lambda box: _vertices(box[:2], (box[0] + box[2], box[1]), (box[0] + box[2], box[1] + box[3])),
)
LINE = Form("crowd-line", "lines", lambda box: _vertices(box[:2], (box[0] + box[2], box[1] + box[3])))
KEYPOINT = Form("crowd-keypoint", "keypoints", lambda box: {"x": box[0] + box[2] / 2, "y": box[1] + box[3] / 2})


def numbers(shape: Mapping[str, Json]) -> list[tuple[float, float]]:
    """List the places a shape is made of, in an order that does not depend on where drawing it began."""
    if "width" in shape:
        return [(shape["left"], shape["top"]), (shape["left"] + shape["width"], shape["top"] + shape["height"])]
    return sorted((vertex["x"], vertex["y"]) for vertex in shape.get("vertices", [shape]))


def near(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    """Whether two shapes are the same but for a few pixels."""
    return _covers(numbers(one), numbers(other)) and _covers(numbers(other), numbers(one))


def _covers(places: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]) -> bool:
    return all(any(abs(x - u) <= NEAR and abs(y - v) <= NEAR for u, v in others) for x, y in places)


def drawn_by(task: ShownTask, form: Form) -> Iterator[dict[str, Json]]:
    """Draw the things with an unsteady hand; whoever slips misses the second one."""
    hand = random.Random(f"{task.worker} {task.number}")
    seen = things(task.size, task.labels)
    for label, box in seen[:1] if slips(task) else seen:
        left, top, width, height = (round(number + hand.uniform(-2, 2)) for number in box)
        yield {"label": label, **form.write((left, top, width, height))}


def drawing(form: Form) -> Kind:
    """Shapes on a fresh image."""

    def answer(task: ShownTask) -> Mapping[str, Json]:
        return {task.field(form.element): widget(task, form, list(drawn_by(task, form)))}

    def check(outcome: Outcome) -> None:
        (size,) = outcome.label["image_size"]
        expected = things((size["width"], size["height"]), outcome.labels)
        check_shapes(outcome, [(label, form.write(box)) for label, box in expected])
        assert "adjustment-status" not in outcome.metadata

    return Kind(answer, check)


def adjusted_boxes() -> Kind:
    """Boxes of an earlier job, each widened by everybody."""
    wider = 10

    def answer(task: ShownTask) -> Mapping[str, Json]:
        boxes = task.attribute(BOX.element, "initial-value")
        assert boxes, "nothing to adjust is shown"
        moved = [{**box, "width": box["width"] + wider} for box in boxes]
        return {task.field(BOX.element): {**widget(task, BOX, moved), "initialValueModified": True}}

    def check(outcome: Outcome) -> None:
        ((earlier, metadata),) = (
            (value, outcome.line[f"{name}-metadata"])
            for name, value in outcome.line.items()
            if f"{name}-metadata" in outcome.line
        )
        check_shapes(
            outcome,
            [
                (metadata["class-map"][str(box["class_id"])], {**box, "width": box["width"] + wider})
                for box in earlier["annotations"]
            ],
        )
        assert outcome.metadata["adjustment-status"] == "adjusted"

    return Kind(answer, check)


def widget(task: ShownTask, form: Form, shapes: list[dict[str, Json]]) -> dict[str, Json]:
    """Make a widget's part of an answer."""
    width, height = task.size
    return {form.key: shapes, "inputImageProperties": {"width": width, "height": height}}


def check_shapes(outcome: Outcome, expected: Sequence[tuple[str, Mapping[str, Json]]]) -> None:
    """Each expected shape is there, nothing else is, and each has a confidence."""
    annotations, metadata = outcome.label["annotations"], outcome.metadata
    found = [(metadata["class-map"][str(shape["class_id"])], shape) for shape in annotations]
    assert len(found) == len(expected), annotations
    for label, shape in expected:
        assert any(label == other and near(shape, drawn) for other, drawn in found), (label, shape, annotations)
    assert all(outcome.labels.index(label) == shape["class_id"] for label, shape in found)
    assert len(metadata["objects"]) == len(annotations)
    for entry in metadata["objects"]:
        check_confidence(entry["confidence"])

"""Labels of each form, read from an output line (spec: data-formats §11).

A label that was there before the job may come from another system, so everything is checked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from groundwork.exports.labeled_object import LabeledObject, UnexportableError
from groundwork.task_types.task_type import Json

BACKGROUND = "BACKGROUND"
"""Class of the pixels that nobody painted; it is no label of the job (spec: data-formats §11.4)."""


@dataclass(frozen=True, slots=True)
class LabelClass:
    """A class that an object or a part of it was given. `confidence` is None when the line tells none."""

    class_id: int
    name: str
    confidence: float | None

    def position(self, labels: tuple[str, ...]) -> int:
        """Find the class among the labels of the job, from 0: an earlier job may have numbered it otherwise.

        Raises
        ------
        UnexportableError
            It is none of them.
        """
        if self.name not in labels:
            raise UnexportableError("a class that is no label of this job")
        return labels.index(self.name)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape and its class; `coordinates` are pixels, as the reading function says."""

    label: LabelClass
    coordinates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes on an image, whose sides are in pixels."""

    width: int
    height: int
    depth: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of a text: code points from `start` up to and without `end`."""

    label: str
    start: int
    end: int
    confidence: float | None


def read_class(item: LabeledObject) -> LabelClass:
    """Read one class id; Ground Truth writes it as a number or as a text."""
    number = _class_id(item.label)
    name = item.metadata.get("class-name")
    labels = item.job.labels or ()
    if not isinstance(name, str) and 0 <= number < len(labels):
        name = labels[number]
    if not isinstance(name, str):
        _refuse("a class without a name")
    return LabelClass(number, name, _number_or_none(item.metadata.get("confidence")))


def read_classes(item: LabeledObject) -> tuple[LabelClass, ...]:
    """Read a list of class ids."""
    if not isinstance(item.label, list):
        _refuse("a label that is no list of classes")
    confidences = item.metadata.get("confidence-map")
    by_id = confidences if isinstance(confidences, Mapping) else {}
    return tuple(
        LabelClass(number, _class_name(item, number), _number_or_none(by_id.get(str(number))))
        for number in map(_class_id, item.label)
    )


def read_boxes(item: LabeledObject) -> Shapes:
    """Read rectangles: left, top, width, height."""
    return _read_shapes(item, ("left", "top", "width", "height"))


def read_points(item: LabeledObject) -> Shapes:
    """Read single places: x, y."""
    return _read_shapes(item, ("x", "y"))


def read_outlines(item: LabeledObject) -> Shapes:
    """Read polygons and paths: x, y, x, y, …."""
    return _read_shapes(item, None)


def _read_shapes(item: LabeledObject, sides: tuple[str, ...] | None) -> Shapes:
    label = item.label if isinstance(item.label, Mapping) else {}
    sizes, annotations = label.get("image_size"), label.get("annotations")
    size = sizes[0] if isinstance(sizes, list) and sizes and isinstance(sizes[0], Mapping) else {}
    width, height, depth = (size.get(side) for side in ("width", "height", "depth"))
    if not (type(width) is type(height) is int and width > 0 and height > 0):
        _refuse("no image_size")
    if not isinstance(annotations, list):
        _refuse("a label without annotations")
    confidences = _confidences(item, "objects", len(annotations))
    shapes = tuple(_shape(item, found, sides, sure) for found, sure in zip(annotations, confidences, strict=True))
    return Shapes(width, height, depth if type(depth) is int else 3, shapes)


def read_entities(item: LabeledObject) -> tuple[Entity, ...]:
    """Read the spans of a text, in the order of the label."""
    annotations = item.label.get("annotations") if isinstance(item.label, Mapping) else None
    found = annotations.get("entities") if isinstance(annotations, Mapping) else None
    if not isinstance(found, list):
        _refuse("a label without entities")
    confidences = _confidences(item, "entities", len(found))
    return tuple(_entity(entity, sure) for entity, sure in zip(found, confidences, strict=True))


def read_mask_classes(item: LabeledObject) -> dict[int, tuple[LabelClass, str | None]]:
    """Read what the pixel values of a mask stand for, the background left out: value → class and color.

    An instance mask lists its instances in the order of their values, from 1.
    """
    entries, instances = item.metadata.get("internal-color-map"), item.metadata.get("instances")
    if isinstance(instances, list):
        entries = {str(value): entry for value, entry in enumerate(instances, start=1)}
    if not isinstance(item.label, str) or not isinstance(entries, Mapping):
        _refuse("a mask of which the metadata does not tell the classes")
    found: dict[int, tuple[LabelClass, str | None]] = {}
    for key, entry in entries.items():
        value, name = _class_id(key), entry.get("class-name") if isinstance(entry, Mapping) else None
        if not isinstance(name, str):
            _refuse("a class without a name")
        color = entry.get("hex-color")
        if name != BACKGROUND:
            label = LabelClass(value, name, _number_or_none(entry.get("confidence")))
            found[value] = label, color if isinstance(color, str) else None
    return dict(sorted(found.items()))


def _shape(item: LabeledObject, annotation: Json, sides: tuple[str, ...] | None, confidence: float | None) -> Shape:
    if not isinstance(annotation, Mapping):
        _refuse("an annotation that is no shape")
    number = _class_id(annotation.get("class_id"))
    coordinates = _vertices(annotation) if sides is None else tuple(_number(annotation.get(side)) for side in sides)
    return Shape(LabelClass(number, _class_name(item, number), confidence), coordinates)


def _vertices(annotation: Mapping[str, Json]) -> tuple[float, ...]:
    vertices = annotation.get("vertices")
    if not isinstance(vertices, list) or not vertices:
        _refuse("a shape without vertices")
    points = [point if isinstance(point, Mapping) else {} for point in vertices]
    return tuple(_number(point.get(axis)) for point in points for axis in ("x", "y"))


def _entity(entity: Json, confidence: float | None) -> Entity:
    match entity:
        case {"label": str(label), "startOffset": int(start), "endOffset": int(end)} if 0 <= start < end:
            return Entity(label, start, end, confidence)
        case _:
            raise UnexportableError("an entity without a span")


def _confidences(item: LabeledObject, key: str, count: int) -> list[float | None]:
    found = item.metadata.get(key)
    if not isinstance(found, list) or len(found) != count:
        return [None] * count
    return [_number_or_none(entry.get("confidence") if isinstance(entry, Mapping) else None) for entry in found]


def _class_name(item: LabeledObject, number: int) -> str:
    """Find the name in the line itself: it may be numbered by another job's label file."""
    class_map = item.metadata.get("class-map")
    name = class_map.get(str(number)) if isinstance(class_map, Mapping) else None
    labels = item.job.labels or ()
    if not isinstance(name, str) and 0 <= number < len(labels):
        name = labels[number]
    if not isinstance(name, str):
        _refuse("a class without a name")
    return name


def _class_id(value: Json) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value[:9])
    if type(value) is not int:
        _refuse("a label that is no class")
    return value


def _number(value: Json) -> float:
    number = _number_or_none(value)
    if number is None:
        _refuse("a shape without all its coordinates")
    return number


def _number_or_none(value: Json) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def _refuse(reason: str) -> NoReturn:
    raise UnexportableError(reason)

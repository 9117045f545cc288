"""How the shapes of an answer are written, one form a widget (spec: crowd-elements §6.2).

Everywhere else a shape is its class id and a flat tuple of numbers: left, top, width, height of a box; x, y of a point;
x, y, x, y, … of vertices. All in pixels of the stored image, origin at its top left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from groundwork.task_types.label_form import LabelForm
from groundwork.task_types.task_type import Json

MOST_VERTICES = 1_000
"""Vertices of one shape. Nobody clicks more, and the cost of comparing two shapes grows with both."""
SLACK = 1.0
"""Pixels by which a shape may stand over the edge: left and width are rounded one by one."""

LARGEST_NUMBER = 1e9
"""Pixels, in either direction: NaN and infinity are not below it."""

Coordinates = tuple[float, ...]
Size = tuple[int, int]
"""Width and height of the image in pixels."""


class ShapeError(ValueError):
    """What is wrong with one shape, as the rest of a sentence that begins with its name."""


@dataclass(frozen=True, slots=True)
class ShapeForm:
    """One widget's way of writing shapes.

    `read` takes one shape and the image's size, and raises `ShapeError`. `write` gives an output annotation's
    members beside its class id (spec: data-formats §11.3).
    """

    key: str
    """Member of the widget's answer that lists the shapes."""
    name: str
    """What workers call one shape."""
    read: Callable[[Mapping[str, Json], Size], Coordinates]
    write: Callable[[Sequence[float]], dict[str, Json]]
    label_form: LabelForm


def _read_box(shape: Mapping[str, Json], size: Size) -> Coordinates:
    left, top, width, height = (_number(shape, key) for key in ("left", "top", "width", "height"))
    if width < 1 or height < 1:
        raise ShapeError("is less than one pixel wide or high. Draw it larger, or delete it")
    if left < -SLACK or top < -SLACK or left + width > size[0] + SLACK or top + height > size[1] + SLACK:
        raise ShapeError("reaches beyond the image. Move its sides into the image")
    right, bottom = min(left + width, size[0]), min(top + height, size[1])
    left, top = max(left, 0.0), max(top, 0.0)
    return left, top, right - left, bottom - top


def _read_point(shape: Mapping[str, Json], size: Size) -> Coordinates:
    x, y = _number(shape, "x"), _number(shape, "y")
    if not (-SLACK <= x <= size[0] + SLACK and -SLACK <= y <= size[1] + SLACK):
        raise ShapeError("lies outside the image. Move it into the image")
    return min(max(x, 0.0), float(size[0])), min(max(y, 0.0), float(size[1]))


def _read_vertices(shape: Mapping[str, Json], size: Size, least: int, most: int) -> Coordinates:
    vertices = shape.get("vertices")
    if not isinstance(vertices, list) or not least <= len(vertices) <= most:
        found = len(vertices) if isinstance(vertices, list) else 0
        needed = f"{least}" if least == most else f"{least} to {most:,}"
        raise ShapeError(f"has {found:,} corners and must have {needed}. Draw it again")
    flat: list[float] = []
    for vertex in vertices:
        flat += _read_point(vertex if isinstance(vertex, Mapping) else {}, size)
    return tuple(flat)


def _read_polygon(shape: Mapping[str, Json], size: Size) -> Coordinates:
    flat = _read_vertices(shape, size, 3, MOST_VERTICES)
    points = _points(flat)
    # The corners may run either way round, and a bow tie's two halves cancel: only a flat outline has no extent.
    (x0, y0), *rest = points
    if all(
        abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) < 1e-9
        for (x1, y1), (x2, y2) in pairwise(rest)  # triangles from the first corner
    ):
        raise ShapeError("encloses no area. Draw it around the object, or delete it")
    return flat


def _read_path(shape: Mapping[str, Json], size: Size, most: int) -> Coordinates:
    flat = _read_vertices(shape, size, 2, most)
    if len(set(_points(flat))) == 1:
        raise ShapeError("has no length. Draw it again, or delete it")
    return flat


def _number(shape: Mapping[str, Json], key: str) -> float:
    value: Json = shape.get(key)
    # JSON's true is an int in Python, a parser may let NaN and infinity through, and an integer may be endless.
    if type(value) not in {int, float} or not -LARGEST_NUMBER < value < LARGEST_NUMBER:
        raise ShapeError(f'has no usable "{key}": a number of pixels is needed. Draw it again')
    return float(value)


def _points(flat: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def plain_number(value: float) -> int | float:
    """Write whole pixels as an integer, as Ground Truth does (spec: data-formats §11.3)."""
    return int(value) if float(value).is_integer() else float(value)


def _write_box(coordinates: Sequence[float]) -> dict[str, Json]:
    return {
        key: plain_number(value) for key, value in zip(("left", "top", "width", "height"), coordinates, strict=True)
    }


def _write_point(coordinates: Sequence[float]) -> dict[str, Json]:
    return {"x": plain_number(coordinates[0]), "y": plain_number(coordinates[1])}


def _write_vertices(coordinates: Sequence[float]) -> dict[str, Json]:
    return {"vertices": [_write_point(point) for point in _points(coordinates)]}


BOX_FORM = ShapeForm("boundingBoxes", "box", _read_box, _write_box, LabelForm.BOXES)
POLYGON_FORM = ShapeForm("polygons", "outline", _read_polygon, _write_vertices, LabelForm.POLYGONS)
POLYLINE_FORM = ShapeForm(
    "polylines",
    "path",
    lambda shape, size: _read_path(shape, size, MOST_VERTICES),
    _write_vertices,
    LabelForm.PATHS,
)
LINE_FORM = ShapeForm("lines", "line", lambda shape, size: _read_path(shape, size, 2), _write_vertices, LabelForm.PATHS)
KEYPOINT_FORM = ShapeForm("keypoints", "point", _read_point, _write_point, LabelForm.POINTS)

"""Boxes of an earlier job, with their labels' names, as `crowd-image-classifier` and `crowd-bounding-box` take them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TypedDict

from groundwork.task_types.audited_label import LONGEST_SHOWN, AuditedLabel
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.task_type import Json, UnusableLineError

BOXES_TYPE = "groundtruth/object-detection"
SIDES = ("left", "top", "width", "height")


class LabeledBox(TypedDict):
    """A box in pixels of the image, from its top left corner."""

    label: str
    left: float
    top: float
    width: float
    height: float


def boxes_of(audited: AuditedLabel) -> list[LabeledBox]:
    """Name the label of each box through the class map (spec: data-formats §11.3).

    Raises
    ------
    UnusableLineError
        The label is not what a bounding box job writes.
    """
    annotations = audited.value.get("annotations") if isinstance(audited.value, Mapping) else None
    if not isinstance(annotations, list):
        raise UnusableLineError(f'The label "{audited.attribute}" has no list of annotations.')
    names = class_names(audited)
    return [_box(box, names, f'Box {number} of "{audited.attribute}"') for number, box in enumerate(annotations)]


def class_names(audited: AuditedLabel) -> dict[int, str]:
    """Read the class map: the names of the classes that occur, by class id, ascending.

    Raises
    ------
    UnusableLineError
        The metadata has no class map of numbers and texts.
    """
    names = audited.metadata.get("class-map")
    if not isinstance(names, Mapping) or not all(
        read_class_id(key) is not None and isinstance(name, str) for key, name in names.items()
    ):
        raise UnusableLineError(f'The metadata of "{audited.attribute}" has no class-map of class ids and names.')
    return {int(key): names[key] for key in sorted(names, key=int)}


def _box(box: Json, names: Mapping[int, str], place: str) -> LabeledBox:
    if not isinstance(box, Mapping):
        raise UnusableLineError(f"{place} is no object.")
    number = read_class_id(box.get("class_id"))
    if number is None or number not in names:
        shown = str(box.get("class_id"))[:LONGEST_SHOWN]
        raise UnusableLineError(f"{place} has the class id {shown}, which the class-map does not name.")
    for side in SIDES:
        if type(box.get(side)) not in (int, float) or not isfinite(box[side]):
            raise UnusableLineError(f"{place} has no number as {side}.")
    return LabeledBox(label=names[number], left=box["left"], top=box["top"], width=box["width"], height=box["height"])

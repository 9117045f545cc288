"""A mask of an earlier job, with the color of each label, as the crowd elements take it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from groundwork.job.s3_uri import S3Uri, S3UriError
from groundwork.task_types.audited_label import LONGEST_SHOWN, AuditedLabel
from groundwork.task_types.class_id import read_class_id
from groundwork.task_types.task_type import Json, UnusableLineError

MASK_TYPE = "groundtruth/semantic-segmentation"
BACKGROUND = "BACKGROUND"
"""Name of the class that stands for pixels nobody painted; it is no label."""
_HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class AuditedMask:
    """The mask's address, and `{"color": "#rrggbb"}` for each of its labels in the order of their class ids."""

    src: str
    label_mappings: dict[str, dict[str, str]]


def mask_of(audited: AuditedLabel) -> AuditedMask:
    """Read the mask and its colors (spec: data-formats §11.4).

    Raises
    ------
    UnusableLineError
        The label is no S3 address, or the metadata does not tell the color of each label.
    """
    if not isinstance(audited.value, str) or not is_object(audited.value):
        raise UnusableLineError(f'The label "{audited.attribute}" is no S3 address of a mask.')
    classes = audited.metadata.get("internal-color-map")
    if not isinstance(classes, Mapping) or not all(
        isinstance(entry, Mapping) and isinstance(entry.get("class-name"), str) for entry in classes.values()
    ):
        raise UnusableLineError(
            f'The metadata of "{audited.attribute}" has no internal-color-map that names the classes.'
        )
    painted = [classes[key] for key in sorted(classes, key=_place) if classes[key]["class-name"] != BACKGROUND]
    return AuditedMask(audited.value, {entry["class-name"]: {"color": _color(entry, audited)} for entry in painted})


def _color(entry: Mapping[str, Json], audited: AuditedLabel) -> str:
    name, color = entry["class-name"][:LONGEST_SHOWN], entry.get("hex-color")
    if color is None:
        raise UnusableLineError(
            f'The metadata of "{audited.attribute}" has no hex-color for "{name}": masks that Ground Truth wrote '
            "before it recorded colors can't be audited. Add the color that the mask has for each class."
        )
    if not isinstance(color, str) or not _HEX_COLOR.fullmatch(color):
        raise UnusableLineError(
            f'The metadata of "{audited.attribute}" has {str(color)[:LONGEST_SHOWN]} as hex-color of "{name}", '
            "which is no color like #2ca02c."
        )
    return color


def is_object(address: str) -> bool:
    """Whether a text is the S3 address of an object, as far as it can be told from the text."""
    try:
        return bool(S3Uri.parse(address).key)
    except S3UriError:
        return False


def _place(key: str) -> tuple[bool, int, str]:
    """Put class ids in the order of their numbers; a foreign key comes last."""
    number = read_class_id(key)
    return number is None, number or 0, key

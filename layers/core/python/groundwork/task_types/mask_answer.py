"""Answers that are masks: one PNG in which the color of a pixel tells its label, or its instance.

Semantic segmentation answers `{"labelMappings": {label: {"color"}}, …}`, instance segmentation
`{"instances": [{"color", "label"}], …}`; both with `inputImageProperties` and `labeledImage`, under whatever name the
template gave the element (spec: data-formats §9.2, crowd-elements §6.2). Read and checked without decoding pixels:
the portal's API has neither Pillow nor numpy.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groundwork.task_types.png_header import HEADER_BYTES, NoPngError, PngHeader, read_header
from groundwork.task_types.single_label_answer import listed
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json

MOST_PIXELS = 100_000_000
"""Ground Truth's limit of an image, 100 megapixels (spec: task-types §1.3)."""
MOST_VALUES = 255
"""Labels or instances of a mask: what a byte holds beside the background."""
MASK_BATCH_OBJECTS = 4
"""Objects of a batch of masks. A submission has up to 5.5 MB (the portal's API takes no more), so a batch of 4 objects
with 9 workers each has up to 200 MB of answers. `consolidation_collect` holds them about four times (read, parsed, as
worker responses and as lines), `consolidation_apply` three times; besides, one image is worked on at a time: at 100
megapixels 400 MB for a decoded PNG, 400 MB for the combinations of votes and 100 MB each for a mask and the label,
whatever the number of workers. That is 1.8 GB of the 2 GB these functions have at the very worst; usual masks have a
hundredth of that."""
LABEL_MAPPINGS = "labelMappings"
INSTANCES = "instances"
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_AGAIN = "Submit again; if this comes up once more, report the task."

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Painted:
    """What one color of a mask stands for."""

    color: Color
    label: str


@dataclass(frozen=True, slots=True)
class MaskAnswer:
    """A mask as it was submitted. Its pixels may still prove to be damaged."""

    width: int
    height: int
    painted: tuple[Painted, ...]
    png: bytes
    modified: bool | None
    """`initialValueModified`: whether an earlier mask was changed; None when there was none to change."""


ReadPainted = Callable[[Mapping[str, Json]], tuple[Painted, ...]]


def read_semantic_mask(answer: Mapping[str, Json]) -> MaskAnswer:
    """Read an answer of `crowd-semantic-segmentation`: one color a label.

    Raises
    ------
    InvalidAnswerError
        It is none; the text is for the worker.
    """
    return _read(answer, LABEL_MAPPINGS, _mapped_labels)


def read_instance_mask(answer: Mapping[str, Json]) -> MaskAnswer:
    """Read an answer of `crowd-instance-segmentation`: one color an instance, labels may repeat.

    Raises
    ------
    InvalidAnswerError
        It is none; the text is for the worker.
    """
    return _read(answer, INSTANCES, _listed_instances)


def check_semantic_mask(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse what is no mask of the job's labels, as far as the header of its PNG tells.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    _check_labels(read_semantic_mask(answer), task)


def check_instance_mask(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Refuse what is no mask of instances of the job's labels, as far as the header of its PNG tells.

    Raises
    ------
    InvalidAnswerError
        With a sentence for the worker.
    """
    _check_labels(read_instance_mask(answer), task)


def read_color(text: Json) -> Color | None:
    """Read `#rrggbb` or `#rgb`; None when it is neither."""
    if not isinstance(text, str) or not _COLOR.fullmatch(text):
        return None
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def claimed_pixels(answer: Mapping[str, Json]) -> int:
    """Tell how many pixels the masks of an answer have by their own account; nothing is checked."""
    sizes = [
        value["inputImageProperties"]
        for value in answer.values()
        if isinstance(value, Mapping) and isinstance(value.get("inputImageProperties"), Mapping)
    ]
    sides = [(size.get("width"), size.get("height")) for size in sizes]
    return sum(width * height for width, height in sides if type(width) is type(height) is int)


def _read(answer: Mapping[str, Json], key: str, painted: ReadPainted) -> MaskAnswer:
    masks = [value for value in answer.values() if isinstance(value, Mapping) and "labeledImage" in value]
    if len(masks) > 1:
        masks = [value for value in masks if key in value]
    if len(masks) != 1 or key not in masks[0]:
        raise InvalidAnswerError(f"The answer has no mask: expected exactly one field with labeledImage and {key}.")
    mask = masks[0]
    width, height = _size(mask.get("inputImageProperties"))
    content = _png(mask["labeledImage"])
    header = _header(content)
    if (header.width, header.height) != (width, height):
        raise InvalidAnswerError(
            f"The mask is {header.width} x {header.height} pixels, its image {width} x {height}. {_AGAIN}"
        )
    modified = mask.get("initialValueModified")
    if modified is not None and type(modified) is not bool:
        raise InvalidAnswerError("initialValueModified must be true or false.")
    return MaskAnswer(width, height, _distinct(painted(mask)), content, modified)


def _size(properties: Json) -> tuple[int, int]:
    given = properties if isinstance(properties, Mapping) else {}
    width, height = given.get("width"), given.get("height")
    if type(width) is not int or type(height) is not int or width < 1 or height < 1:
        raise InvalidAnswerError(
            "inputImageProperties must give the width and the height of the image in whole pixels."
        )
    if width * height > MOST_PIXELS:
        raise InvalidAnswerError(f"A mask may have up to {MOST_PIXELS // 1_000_000} megapixels.")
    return width, height


def _png(image: Json) -> bytes:
    text = image.get("pngImageData") if isinstance(image, Mapping) else None
    if not isinstance(text, str) or not text:
        raise InvalidAnswerError("labeledImage must have the mask as pngImageData: a PNG in base64.")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidAnswerError(f"pngImageData is not base64. {_AGAIN}") from error


def _header(content: bytes) -> PngHeader:
    try:
        return read_header(content[:HEADER_BYTES])
    except NoPngError as error:
        raise InvalidAnswerError(f"pngImageData is no PNG. {_AGAIN}") from error


def _mapped_labels(mask: Mapping[str, Json]) -> tuple[Painted, ...]:
    mappings = mask[LABEL_MAPPINGS]
    if not isinstance(mappings, Mapping):
        raise InvalidAnswerError('labelMappings must give each label its color: {"label": {"color": "#rrggbb"}}.')
    return tuple(_painted(label, entry) for label, entry in mappings.items())


def _listed_instances(mask: Mapping[str, Json]) -> tuple[Painted, ...]:
    instances = mask[INSTANCES]
    if not isinstance(instances, list):
        raise InvalidAnswerError('instances must list each instance: {"color": "#rrggbb", "label": "…"}.')
    return tuple(_painted(entry.get("label") if isinstance(entry, Mapping) else None, entry) for entry in instances)


def _painted(label: Json, entry: Json) -> Painted:
    if not isinstance(label, str):
        raise InvalidAnswerError("Each color of the mask needs the text of its label.")
    color = read_color(entry.get("color")) if isinstance(entry, Mapping) else None
    if color is None:
        raise InvalidAnswerError(f'"{label[:100]}" needs a color such as #1f77b4.')
    return Painted(color, label)


def _distinct(painted: tuple[Painted, ...]) -> tuple[Painted, ...]:
    if len(painted) > MOST_VALUES:
        raise InvalidAnswerError(f"A mask may have up to {MOST_VALUES} colors.")
    if len({entry.color for entry in painted}) < len(painted):
        raise InvalidAnswerError("Two parts of the mask have the same color, so they can't be told apart.")
    return painted


def _check_labels(mask: MaskAnswer, task: AnsweredTask) -> None:
    for entry in mask.painted:
        if entry.label not in task.labels:
            raise InvalidAnswerError(
                f'"{entry.label[:100]}" is not a label of this job. Use only {listed(task.labels)}.'
            )

"""The image that an ONNX model takes: where its channels are, how many, how large it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from groundwork.active_learning.feature_extraction.extractor_errors import FeatureExtractorError
from groundwork.active_learning.feature_extraction.onnx_preprocessing import LARGEST_SIDE, Preprocessing

USUAL_SIDE = 224
"""Pixels of the input of a model that takes any size."""
TYPES: Mapping[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(uint8)": np.uint8,
}
"""Types of inputs. One of whole numbers takes the pixels as they are."""


@dataclass(frozen=True, slots=True)
class ImageInput:
    """The image that a model takes."""

    name: str
    layout: Literal["NCHW", "NHWC"]
    batch: int
    """Images that it takes at once."""
    channels: Literal[1, 3]
    height: int
    width: int
    type: type[np.generic]


class Declared(Protocol):
    """An input as the runtime describes it."""

    name: str
    shape: Sequence[Any]
    """Numbers, and names or None where the model leaves a side open."""
    type: str


def image_input(name: str, inputs: Sequence[Declared], settings: Preprocessing) -> ImageInput:
    """Read what a model called `name` takes from the inputs that it declares.

    Raises
    ------
    FeatureExtractorError
        It does not take one image, or the JSON file beside it contradicts it.
    """
    if len(inputs) != 1:
        names = ", ".join(each.name for each in inputs)
        raise FeatureExtractorError(name, f"it takes {len(inputs)} inputs ({names}); one image is accepted")
    (only,) = inputs
    shape = list(only.shape)
    if len(shape) != 4 or only.type not in TYPES:
        raise FeatureExtractorError(
            name,
            f"its input {only.name!r} is {only.type} of shape {shape}; an image has 4 dimensions of {', '.join(TYPES)}",
        )
    layout = settings.layout or _layout(name, shape)
    channels, height, width = (shape[1], shape[2], shape[3]) if layout == "NCHW" else (shape[3], shape[1], shape[2])
    height, width = _side(name, height, settings, 0), _side(name, width, settings, 1)
    return ImageInput(
        name=only.name,
        layout=layout,
        batch=shape[0] if isinstance(shape[0], int) and shape[0] > 0 else 1,
        channels=_channels(name, channels, settings),
        height=height,
        width=width,
        type=TYPES[only.type],
    )


def _layout(name: str, shape: list[Any]) -> Literal["NCHW", "NHWC"]:
    first, last = shape[1] in (1, 3), shape[3] in (1, 3)
    if first == last:
        raise FeatureExtractorError(
            name, f"its input of shape {shape} does not tell where its channels are; name the layout in {name}.json"
        )
    return "NCHW" if first else "NHWC"


def _channels(name: str, declared: object, settings: Preprocessing) -> Literal[1, 3]:
    channels = declared if isinstance(declared, int) and declared > 0 else 3
    if channels not in (1, 3):
        raise FeatureExtractorError(name, f"its image has {channels} channels; 1 and 3 are accepted")
    for key, given in (("mean", settings.mean), ("std", settings.std)):
        if given is not None and len(given) != channels:
            raise FeatureExtractorError(f"{name}.json", f"{key} has {len(given)} numbers for {channels} channels")
    return 1 if channels == 1 else 3


def _side(name: str, declared: object, settings: Preprocessing, axis: Literal[0, 1]) -> int:
    """Find a side of the input: the model's own when it is fixed."""
    size = settings.size if not isinstance(settings.size, int) else (settings.size, settings.size)
    given = size[axis] if size is not None else None
    if not isinstance(declared, int) or declared <= 0:
        return given or USUAL_SIDE
    if given not in (None, declared):
        raise FeatureExtractorError(f"{name}.json", f"size {given} is not that of the model's input, {declared}")
    if declared > LARGEST_SIDE:
        raise FeatureExtractorError(name, f"its image has {declared} pixels a side; {LARGEST_SIDE} are accepted")
    return declared

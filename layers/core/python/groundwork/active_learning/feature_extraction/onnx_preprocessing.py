"""How an image becomes the input of an ONNX model: `<model>.onnx.json` beside it, and what stands when it says nothing.

The defaults are those of models trained on ImageNet: the shorter side to 256 pixels of 224, the middle cut out, red,
green and blue between 0 and 1, mean and deviation of that data set taken out.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

IMAGENET_MEAN = {3: (0.485, 0.456, 0.406), 1: (0.449,)}
"""By the number of channels; of grey the mean of the three."""
IMAGENET_STD = {3: (0.229, 0.224, 0.225), 1: (0.226,)}
LIGHTNESS = (0.299, 0.587, 0.114)
"""Weights of red, green and blue (ITU-R BT.601)."""
IMAGENET_CROP = 224 / 256
LARGEST_SIDE = 1024
"""Pixels. More does not fit into the function's memory with every model."""

Side = Annotated[int, Field(ge=1, le=LARGEST_SIDE)]
Channels: TypeAlias = tuple[float] | tuple[float, float, float]
Positive = Annotated[float, Field(gt=0)]
Plane = NDArray[np.float32]


class Preprocessing(BaseModel):
    """The JSON file beside a model; every key may be left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel)

    size: Side | tuple[Side, Side] | None = Field(None, description="Pixels a side, or height and width of the input")
    crop: Annotated[float, Field(gt=0, le=1)] | Literal["stretch"] = Field(
        IMAGENET_CROP, description="Share of the shorter side that the middle square is cut from; or stretch the whole"
    )
    mean: Channels | None = Field(None, description="Taken from the input's channels, of values between 0 and 1")
    std: tuple[Positive] | tuple[Positive, Positive, Positive] | None = Field(
        None, description="What the input's channels are divided by"
    )
    channel_order: Literal["RGB", "BGR"] = "RGB"
    layout: Literal["NCHW", "NHWC"] | None = Field(None, description="Needed when the model's input does not tell")
    output: str | None = Field(None, description="Name of the output that is the features")


def pixels(image: Image.Image, height: int, width: int, settings: Preprocessing) -> NDArray[np.uint8]:
    """Bring a decoded image to the size of the input; shape (height, width, 3), red first."""
    if settings.crop == "stretch":
        resized = image.resize((width, height), Image.Resampling.BILINEAR)
    else:
        # The cut and the resize are one step: a box around the middle with the sides' ratio of the input.
        scale = min(image.width / width, image.height / height) * settings.crop
        left, top = (image.width - width * scale) / 2, (image.height - height * scale) / 2
        right, bottom = left + width * scale, top + height * scale
        # Rounding must not lead outside.
        box = (max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height))
        resized = image.resize((width, height), Image.Resampling.BILINEAR, box=box)
    return np.asarray(resized, dtype=np.uint8)


def arranged(colors: NDArray[np.uint8], channels: Literal[1, 3], settings: Preprocessing) -> Plane:
    """Arrange the channels as the model takes them, still from 0 to 255; shape (height, width, channels)."""
    values = colors.astype(np.float32)
    if channels == 1:
        grey: Plane = values @ np.array(LIGHTNESS, dtype=np.float32)[:, np.newaxis]
        return grey
    return values[..., ::-1] if settings.channel_order == "BGR" else values


def normalized(values: Plane, settings: Preprocessing) -> Plane:
    """Bring arranged channels to the range of the model."""
    channels = values.shape[-1]
    mean = np.array(settings.mean or IMAGENET_MEAN[channels], np.float32)
    std = np.array(settings.std or IMAGENET_STD[channels], np.float32)
    scaled: Plane = (values / np.float32(255) - mean) / std
    return scaled

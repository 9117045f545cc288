"""Masks as workers submit them."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
from PIL import Image

COLORS = ("#2ca02c", "#1f77b4", "#ff7f0e", "#d62728")


def png(ids: Any, colors: Any, mode: str = "RGBA") -> bytes:
    """An image whose pixels have the n-th color where the value is n + 1, and are transparent where it is 0."""
    ids = np.asarray(ids)
    pixels = np.zeros((*ids.shape, 4), np.uint8)
    for value, color in enumerate(colors, start=1):
        pixels[ids == value] = (*bytes.fromhex(color[1:]), 255)
    file = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, "PNG")
    return file.getvalue()


def element(ids: Any, png_data: bytes, **fields: Any) -> dict[str, Any]:
    height, width = np.asarray(ids).shape
    return {
        "inputImageProperties": {"height": height, "width": width},
        "labeledImage": {"pngImageData": base64.b64encode(png_data).decode()},
        **fields,
    }


def semantic_answer(ids: Any, labels: Any, colors: Any = COLORS, **fields: Any) -> dict[str, Any]:
    """The answer to a semantic segmentation: value n of `ids` is the n-th of `labels`."""
    used = [number for number in range(len(labels)) if (np.asarray(ids) == number + 1).any()]
    mappings = {labels[number]: {"color": colors[number]} for number in used}
    mask = element(ids, png(ids, colors[: len(labels)]), labelMappings=mappings, **fields)
    return {"crowd-semantic-segmentation": mask}


def instance_answer(ids: Any, labels: Any, colors: Any = COLORS) -> dict[str, Any]:
    """The answer to an instance segmentation: value n of `ids` is an instance of the n-th of `labels`."""
    instances = [{"color": color, "label": label} for label, color in zip(labels, colors, strict=False)]
    return {"crowd-instance-segmentation": element(ids, png(ids, colors[: len(labels)]), instances=instances)}


def opened(content: bytes) -> Image.Image:
    """A consolidated mask."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image

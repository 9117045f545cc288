"""Image files, made in the test."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def plain(
    color: Any, size: tuple[int, int] = (40, 30), *, mode: str = "RGB", format_: str = "PNG", **save: Any
) -> bytes:
    """An image of one color."""
    return written(Image.new(mode, size, color), format_, **save)


def written(image: Image.Image, format_: str = "PNG", **save: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format_, **save)
    return file.getvalue()

"""PNG masks in and out: pixels to class ids by exact color, and class ids to a palette PNG.

Pillow is loaded only to decode and to encode: the function that estimates the workers has none.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from groundwork.task_types.mask_answer import MOST_PIXELS, Color

if TYPE_CHECKING:
    from PIL import Image

Mask: TypeAlias = NDArray[np.uint8]
"""Shape (height, width): 0 is BACKGROUND, others what the colors stand for."""

STRIP_PIXELS = 1 << 20
"""Pixels worked on at a time. Whole images of 100 megapixels would take 400 MB for each array of 4 bytes a pixel."""


class DamagedMaskError(ValueError):
    """A PNG whose pixels can't be read, or that is not of the size it was said to be."""


def decode_mask(png: bytes, width: int, height: int, values: Sequence[tuple[Color, int]]) -> Mask:
    """Decode a mask; a color that is none of `values` and pixels of alpha 0 are BACKGROUND.

    Parameters
    ----------
    png : bytes
    width, height : int
        What the PNG must measure. It is checked before a pixel is decoded, so a small file that would unpack to a
        huge image does no harm.
    values : Sequence[tuple[Color, int]]
        What each color stands for, 1 to 255.

    Raises
    ------
    DamagedMaskError
        The PNG can't be decoded or has another size.
    """
    table = _color_table(values)
    mask = np.empty((height, width), np.uint8)
    with _opened(png, width, height) as image:
        for rows in strips(height, width):
            mask[rows] = _values(image.crop((0, rows.start, width, rows.stop)), table)
    return mask


def decode_samples(png: bytes, width: int, height: int, values: Sequence[tuple[Color, int]], side: int) -> Mask:
    """Decode the pixels in the middle of equal cells, at most `side` down and across; else as `decode_mask`.

    Raises
    ------
    DamagedMaskError
        The PNG can't be decoded or has another size.
    """
    from PIL import Image  # noqa: PLC0415

    with _opened(png, width, height) as image:
        size = min(width, side), min(height, side)
        samples = image if size == image.size else image.resize(size, Image.Resampling.NEAREST)
        return _values(samples, _color_table(values))


def encode_mask(mask: Mask, colors: Sequence[str]) -> bytes:
    """Write a mask as an 8-bit palette PNG: the pixel is the class id, the palette entry its color `#rrggbb`."""
    from PIL import Image  # noqa: PLC0415

    image = Image.fromarray(mask)
    image.putpalette(b"".join(bytes.fromhex(color[1:]) for color in colors))
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def scaled(mask: Mask, height: int, width: int) -> Mask:
    """Bring a mask to another size by the nearest pixel."""
    if mask.shape == (height, width):
        return mask
    rows, columns = nearest(height, mask.shape[0]), nearest(width, mask.shape[1])
    return mask[rows[:, np.newaxis], columns]


def nearest(count: int, pixels: int) -> NDArray[np.int64]:
    """Find for `count` equal parts of a side of so many pixels the pixel in the middle of each."""
    places: NDArray[np.int64] = (2 * np.arange(count, dtype=np.int64) + 1) * pixels // (2 * count)
    return places


def strips(height: int, width: int) -> Iterator[slice]:
    """Cut the rows of an image into strips of about `STRIP_PIXELS`."""
    rows = max(1, STRIP_PIXELS // width)
    for first in range(0, height, rows):
        yield slice(first, min(height, first + rows))


@contextmanager
def _opened(png: bytes, width: int, height: int) -> Iterator[Image.Image]:
    """Unpack a PNG of this size; whatever is wrong with it is a `DamagedMaskError`."""
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415

    try:
        # Opened as a PNG and nothing else: what Pillow knows of other formats is not for the files of strangers.
        with PngImageFile(io.BytesIO(png)) as image:
            if image.size != (width, height) or width * height > MOST_PIXELS:
                raise DamagedMaskError(f"the mask measures {image.size}, expected {(width, height)}")
            image.load()
            yield image
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, zlib.error, struct.error) as error:
        raise DamagedMaskError(f"the mask can't be decoded: {error}") from error


def _color_table(values: Sequence[tuple[Color, int]]) -> Mask:
    table = np.zeros(1 << 24, np.uint8)
    for (red, green, blue), value in values:
        table[red | green << 8 | blue << 16] = value
    return table


def _values(image: Image.Image, table: Mask) -> Mask:
    pixels = np.asarray(image.convert("RGBA")).view("<u4")[..., 0]
    found: Mask = table[pixels & 0xFFFFFF]
    found[pixels >> 24 == 0] = 0
    return found

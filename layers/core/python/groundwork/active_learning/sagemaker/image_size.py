"""The size of an image, from its first bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from groundwork.job.s3_uri import S3Uri

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore

HEAD_BYTES = 1 << 18
"""Metadata before the size, such as a thumbnail, seldom take more."""
Size = tuple[int, int]


class NoImageError(ValueError):
    """An object that is no image that can be read."""


def image_size(store: ObjectStore, uri: S3Uri) -> Size:
    """Read width and height in pixels; the whole image only when its head does not tell.

    Raises
    ------
    NoImageError
        It is no JPEG or PNG.
    """
    try:
        return size_of(store.read(uri, start=0, end=HEAD_BYTES))
    except NoImageError:
        return size_of(store.read(uri))


def size_of(content: bytes) -> Size:
    """Read width and height off the beginning of an image.

    Raises
    ------
    NoImageError
        It is no JPEG or PNG, or the beginning is too short.
    """
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            return image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoImageError(f"no image: {error}") from error

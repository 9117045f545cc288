"""Small pictures of data objects, as data addresses that a page needs nobody's leave to show. Needs Pillow."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groundwork.job.s3_uri import S3Uri, S3UriError

SIDE = 240
"""Pixels of the longer side."""
MOST_PIXELS = 50_000_000
"""Of an image that is unpacked: three bytes each must fit into the function."""
IMAGES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """`read` gives the bytes of an S3 object, None when it is too large to be worth it; it may fail."""

    LARGEST = 20 * 1024 * 1024
    """Bytes of a file that is read for a thumbnail."""

    read: Callable[[S3Uri], bytes | None]

    def find(self, data_object: Mapping[str, str]) -> str | None:
        """Return a picture as a `data:` address; None for what is no image, or can't be read or shown."""
        address = data_object.get("s3Uri", "")
        if not address.lower().endswith(IMAGES):
            return None
        try:
            content = self.read(S3Uri.parse(address))
        except (S3UriError, LookupError, OSError):
            # The report does without a picture that is gone or may not be read.
            return None
        return None if content is None else thumbnail(content)


def thumbnail(content: bytes) -> str | None:
    """Shrink an image to a JPEG of at most `SIDE` pixels; None when it is none that Pillow reads."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            # A JPEG is unpacked no larger than needed.
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((SIDE, SIDE))
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode()}"

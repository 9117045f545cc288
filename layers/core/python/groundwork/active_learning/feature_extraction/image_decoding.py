"""From the bytes of an image file to upright red, green and blue, within limits. Needs Pillow."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageOps

MOST_PIXELS = 100_000_000
"""Ground Truth's limit of an image (spec: workflows §3.1); unpacked it is 300 MB."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
"""What is decoded. Pillow knows more, some of which start other programs."""


class UnreadableImageError(ValueError):
    """A file that is no image, is damaged, or too large; the text says which."""


def decoded(content: bytes, *, side: int) -> Image.Image:
    """Decode an image; what is transparent becomes white, more than 8 bits of grey become 8.

    Parameters
    ----------
    side
        Pixels that are needed of the shorter side. A large image is brought near to it on the way, a JPEG while it is
        unpacked: that is most of the time and memory of a photograph.

    Raises
    ------
    UnreadableImageError
        There is no image to be had.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnreadableImageError(f"the image has more than {MOST_PIXELS:,} pixels")
            image.draft("RGB", (side, side))
            ImageOps.exif_transpose(image, in_place=True)
            deep = image.mode.startswith("I") or image.mode == "F"
            return _opaque(_stretched(image, side) if deep else _reduced(image, side))
    except UnreadableImageError:
        raise
    except Exception as error:
        # Pillow's decoders raise whatever they stumble over: OSError, SyntaxError, struct.error, EOFError and more.
        raise UnreadableImageError(f"not a readable image: {error}") from error


def _reduced(image: Image.Image, side: int) -> Image.Image:
    """Average whole squares of pixels, as long as twice what is needed is left; only where pixels have an average."""
    factor = min(image.size) // (2 * side)
    return image.reduce(factor) if factor > 1 and image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"} else image


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        colors = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", colors.size, "white"), colors).convert("RGB")
    return image.convert("RGB")


def _stretched(image: Image.Image, side: int) -> Image.Image:
    """Bring more than 8 bits of grey to 8, from the darkest to the lightest; of a large image every n-th pixel."""
    step = max(1, min(image.size) // (2 * side))
    values = np.nan_to_num(np.asarray(image)[::step, ::step].astype(np.float64))
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(np.uint8(np.round((values - low) * (255 / max(high - low, 1e-9)))))

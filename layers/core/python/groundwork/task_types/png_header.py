"""What the header of a PNG says, read without decoding it (PNG specification, third edition, §5.2 and §11.2.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_BYTES = 33
"""Signature, and the whole IHDR chunk that every PNG begins with."""
_COLOR_TYPES = frozenset({0, 2, 3, 4, 6})


class NoPngError(ValueError):
    """The bytes do not begin like a PNG."""


@dataclass(frozen=True, slots=True)
class PngHeader:
    """Size in pixels."""

    width: int
    height: int


def read_header(content: bytes) -> PngHeader:
    """Read the first `HEADER_BYTES` of a PNG; the pixels are not looked at.

    Raises
    ------
    NoPngError
        There is no complete header, or one that no PNG has.
    """
    if len(content) < HEADER_BYTES or not content.startswith(SIGNATURE):
        raise NoPngError("the file is no PNG")
    length, name, width, height, _, color_type = struct.unpack_from(">I4sIIBB", content, len(SIGNATURE))
    if length != 13 or name != b"IHDR" or color_type not in _COLOR_TYPES:
        raise NoPngError("the PNG has no header")
    return PngHeader(width, height)

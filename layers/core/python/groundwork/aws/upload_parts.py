"""The parts of a multipart upload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PART_BYTES = 8 * 1024 * 1024
"""Size of a part; S3 wants at least 5 MiB, and at most 10,000 parts."""


def upload_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put pieces together to parts; there is always one or more."""
    part = bytearray()
    for piece in pieces:
        part += piece
        if len(part) >= PART_BYTES:
            yield bytes(part)
            part.clear()
    # An upload has at least one part, also when there is nothing to say.
    yield bytes(part)

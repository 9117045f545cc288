"""The files that a format consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from groundwork.exports.dataset import Dataset

JSON = "application/json"
JSON_LINES = "application/x-ndjson"
TEXT = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
CSV = "text/csv; charset=utf-8"
YAML = "application/yaml"
XML = "application/xml"
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file by its path in the export's folder: `content` is whole, or a stream that is read once."""

    path: str
    content: bytes | Iterable[bytes]
    content_type: str


ExportFormat = Callable[[Dataset], Iterator[ExportFile]]
"""Writes a dataset. Each file has been used up before the next is asked for."""


def text_lines(lines: Iterable[str]) -> Iterator[bytes]:
    r"""Write lines of text, each ended by `\n`."""
    for line in lines:
        yield encoded(f"{line}\n")


def encoded(text: str) -> bytes:
    """Write text as UTF-8; half of a surrogate pair, which has no bytes in it, as its escape."""
    return text.encode("utf-8", "backslashreplace")

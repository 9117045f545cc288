"""What a worker sees of a task: the page, the images that its addresses give, and the manifest line behind it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image

from tests.end_to_end.cloud import Worker

SIGNED = re.compile(r"https?://[^\s'\"<>]+[?&]X-Amz-Signature=[0-9a-f]+[^\s'\"<>]*")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownTask:
    """One task in front of one worker; `worker` counts the people of the job, `number` the lines."""

    line: Line
    number: int
    worker: int
    labels: tuple[str, ...]
    images: tuple[Image.Image, ...]
    elements: Mapping[str, Mapping[str, str]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the data object's image."""
        return self.images[0].size

    def field(self, element: str) -> str:
        """Name under which an element's part of the answer stands."""
        return self.elements[element].get("name") or element

    def attribute(self, element: str, name: str) -> Any:
        """Read an attribute of an element that holds JSON."""
        return json.loads(self.elements[element][name])


def look(worker: Worker, number: int, page: str, lines: Sequence[Line], labels: Sequence[str]) -> ShownTask:
    """Load everything on a page as a browser does, and find out which line it shows."""
    reader = _Elements()
    reader.feed(page)
    text = unescape(page)
    addresses = list(dict.fromkeys(SIGNED.findall(text.replace(r"\u0026", "&"))))
    place = next(place for place, line in enumerate(lines) if _shows(line, text, addresses))
    reference = lines[place].get("source-ref", "")
    # The data object's own image first: overlays lie beside it.
    addresses.sort(key=lambda address: not _is_at(address, reference))
    images = tuple(Image.open(io.BytesIO(worker.client.load(address).body)) for address in addresses)
    for image in images:
        image.load()
    assert bool(reference) == bool(images), page
    return ShownTask(lines[place], place, number, tuple(labels), images, reader.found)


def _shows(line: Line, text: str, addresses: Sequence[str]) -> bool:
    if "source" in line:
        return " ".join(line["source"].split()) in " ".join(text.split())
    return any(_is_at(address, line["source-ref"]) for address in addresses)


def _is_at(address: str, uri: str) -> bool:
    return bool(uri) and unquote(urlsplit(address).path).endswith(urlsplit(uri).path)


class _Elements(HTMLParser):
    """The crowd elements of a page with their attributes; of several alike the first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, Mapping[str, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.startswith("crowd-"):
            self.found.setdefault(tag, {name: value or "" for name, value in attrs})

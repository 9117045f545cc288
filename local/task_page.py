"""What a worker sees on a task page: the picture's address or the text, and the kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# Crowd element → how its answer is keyed. The key is the element's `name` where it has one.
CLASSIFIERS = ("crowd-image-classifier", "crowd-classifier")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """The parts of a page by which a worker knows what to do."""

    classifier: str
    addresses: tuple[str, ...]
    texts: tuple[str, ...]

    def find(self, truth: Mapping[str, str]) -> str | None:
        """Return the data object on the page that `truth` knows, by file name or by text."""
        names = [PurePosixPath(unquote(urlsplit(address).path)).name for address in self.addresses]
        return next((found for found in (*names, *self.texts) if found in truth), None)

    def answer(self, label: str) -> dict[str, dict[str, str]]:
        """Form the answer this page's classifier gives for a label."""
        return {self.classifier: {"label": label}}


def read_task_page(html: str) -> TaskPage:
    """Read a rendered worker template.

    Raises
    ------
    ValueError
        The page has no classifier.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.classifier is None:
        raise ValueError(f"the page has none of {', '.join(CLASSIFIERS)}")
    return TaskPage(reader.classifier, tuple(reader.addresses), tuple(reader.texts))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.classifier: str | None = None
        self.addresses: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in CLASSIFIERS:
            self.classifier = attributes.get("name") or tag
        if tag != "script" and (source := attributes.get("src")):
            self.addresses.append(source)

    def handle_data(self, data: str) -> None:
        if text := data.strip():
            self.texts.append(text)

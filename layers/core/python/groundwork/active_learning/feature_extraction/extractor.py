"""The contract of feature extractors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from groundwork.active_learning.features import Features, UnreadableObjectError

Content: TypeAlias = bytes | str
"""A data object: the bytes of an image file, or a text."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a group of contents."""

    features: Features | None
    """One row a readable content, in their order; None when there is none."""
    unreadable: Mapping[int, str] = field(default_factory=dict)
    """Place among the contents → why it has no features."""


class Extractor(Protocol):
    """Makes features of data objects."""

    @property
    def identity(self) -> str:
        """Tell it from every other: features of different ones can't be compared."""

    @property
    def group(self) -> int:
        """Contents that are best passed at a time."""

    def extract(self, contents: Sequence[Content]) -> Extraction:
        """Make features of a group of contents.

        Raises
        ------
        FeatureExtractorError
            Not for this job.
        ExtractorBusyError
            Not now.
        """


class RowExtractor(Protocol):
    """Makes features of one kind of content on this machine, without tolerance for what is broken."""

    def extract(self, contents: Sequence[Any], /) -> Features:
        """Make one row a content, or raise `UnreadableObjectError`."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Takes contents one at a time, so that a broken one costs no other its row, and memory holds one image."""

    identity: str
    rows: RowExtractor
    group: int = 16
    """Contents held in memory together: sixteen images of 40 MB."""

    def extract(self, contents: Sequence[Content]) -> Extraction:
        """Make features of whatever is readable."""
        found: list[Features] = []
        unreadable: dict[int, str] = {}
        for place, content in enumerate(contents):
            try:
                found.append(self.rows.extract([content]))
            except UnreadableObjectError as error:
                unreadable[place] = error.reason
        return Extraction(Features.stack(found) if found else None, unreadable)

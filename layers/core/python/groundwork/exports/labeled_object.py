"""A labeled data object, as a line of the output manifest tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json


class UnexportableError(ValueError):
    """A label that a format can't hold; the text says why, without naming the object, so that it can be counted."""


@dataclass(frozen=True, slots=True)
class LabeledObject:
    """One line that has a label; `object_id` is its 0-based number in the manifest."""

    object_id: int
    line: Mapping[str, Json]
    job: LabelingJob

    @property
    def label(self) -> Json:
        """The value of the label attribute."""
        return self.line[self.job.label_attribute]

    @property
    def metadata(self) -> Mapping[str, Json]:
        """What is said about the label; empty when nothing is."""
        found = self.line.get(self.job.metadata_attribute)
        return found if isinstance(found, Mapping) else {}

    @property
    def reference(self) -> str | None:
        """The S3 address of the data object; None when it stands in the line."""
        found = self.line.get("source-ref")
        return found if isinstance(found, str) else None

    @property
    def source(self) -> str:
        """The address of the data object, or the text itself."""
        found = self.reference if self.reference is not None else self.line.get("source")
        return found if isinstance(found, str) else ""

    @property
    def image(self) -> str:
        """The S3 address of the image.

        Raises
        ------
        UnexportableError
            The line has none.
        """
        if not self.reference:
            raise UnexportableError("the line has no source-ref")
        return self.reference

    def need_image(self) -> None:
        """Insist on an image; raises as `image` does."""
        _ = self.image

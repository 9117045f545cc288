"""What the quality figures must know about the answers of a task type: one `AgreementMeasure` a kind of answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from groundwork.job.labeling_job import LabelingJob

Json = Any
"""A value as `json.loads` gives it."""
Value = Any
"""An answer or a label in the form that its measure compares."""


class AgreementMeasure(Protocol):
    """How alike two answers to one data object are, from 0 to 1.

    Implementations import numpy only inside `similarity`, since the registry loads them.
    """

    @property
    def name(self) -> str:
        """What `similarity` is, for people."""

    @property
    def nominal(self) -> bool:
        """Whether an answer is one of the job's labels: then Krippendorff's alpha and worker quality are defined."""

    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> Value | None:
        """Read a worker's answer; None when it can't be used."""

    def of_label(self, content: Mapping[str, Json], job: LabelingJob) -> Value | None:
        """Read a consolidated label from what is merged into the output line; None when it is none."""

    def labels(self, value: Value) -> Collection[int]:
        """Name the labels that occur in an answer or a label, by index."""

    def similarity(self, one: Value, other: Value) -> float:
        """Compare two answers, or an answer and the label."""

    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell how sure the least sure part of a label is; None where the label has no confidence."""


def metadata_of(content: Mapping[str, Json], job: LabelingJob) -> Mapping[str, Json]:
    """Find a label's metadata; empty when there is none."""
    found = content.get(job.metadata_attribute)
    return found if isinstance(found, Mapping) else {}


def least_confidence(metadata: Mapping[str, Json], key: str) -> float | None:
    """Find the lowest of the confidences that stand in a list of objects."""
    entries = metadata.get(key)
    found = [entry.get("confidence") for entry in entries or () if isinstance(entry, Mapping)]
    numbers = [float(number) for number in found if isinstance(number, int | float)]
    return min(numbers, default=None)

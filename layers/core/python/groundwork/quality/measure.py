"""What the quality figures must know about the answers of a task type: one `AgreementMeasure` a kind of answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, ClassVar

from groundwork.job.labeling_job import LabelingJob

Json = Any
"""A value as `json.loads` gives it."""
Value = Any
"""An answer or a label in the form that its measure compares."""


ReadFile = Callable[[str], bytes | None]
"""Reads the S3 object of an address; None when it can't be read."""


def no_file(address: str) -> None:
    """Read nothing."""
    del address


class AgreementMeasure(ABC):
    """How alike two answers to one data object are, from 0 to 1.

    Implementations import numpy only inside their methods, since the registry loads them.
    """

    name: ClassVar[str]
    """What `similarity` is, for people."""
    nominal: ClassVar[bool] = False
    """Whether an answer is one of the job's labels: then Krippendorff's alpha and worker quality are defined."""

    def cost(self, answer: Mapping[str, Json]) -> float:
        """Tell roughly how long reading an answer takes, in seconds; 0 where all answers of any job can be read."""
        del answer
        return 0.0

    @abstractmethod
    def of_answer(self, answer: Mapping[str, Json], job: LabelingJob) -> Value | None:
        """Read a worker's answer; None when it can't be used."""

    @abstractmethod
    def of_label(self, content: Mapping[str, Json], job: LabelingJob, read: ReadFile = no_file) -> Value | None:
        """Read a consolidated label from what is merged into the output line; None when it is none.

        `read` gives the file that a label points to.
        """

    @abstractmethod
    def labels(self, value: Value) -> Collection[int]:
        """Name the labels that occur in an answer or a label, by index."""

    @abstractmethod
    def similarity(self, one: Value, other: Value) -> float:
        """Compare two answers, or an answer and the label."""

    @abstractmethod
    def confidence(self, content: Mapping[str, Json], job: LabelingJob) -> float | None:
        """Tell how sure the least sure part of a label is; None where the label has no confidence."""


def metadata_of(content: Mapping[str, Json], job: LabelingJob) -> Mapping[str, Json]:
    """Find a label's metadata; empty when there is none."""
    found = content.get(job.metadata_attribute)
    return found if isinstance(found, Mapping) else {}


def least_confidence(metadata: Mapping[str, Json], key: str) -> float | None:
    """Find the lowest of the confidences that stand in a list of objects."""
    entries = metadata.get(key)
    return lowest_of(entries if isinstance(entries, list) else ())


def lowest_of(entries: Iterable[Json]) -> float | None:
    """Find the lowest confidence among the parts of a label."""
    found = [entry.get("confidence") for entry in entries if isinstance(entry, Mapping)]
    numbers = [float(number) for number in found if isinstance(number, int | float)]
    return min(numbers, default=None)

"""What a model says about a data object before people label it: brought along by the manifest line.

How a type's predictions are written and shown is declared by its `TaskType.predictions`; docs/pre-labels.md.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import Field

from groundwork.job.labeling_job import Frozen, LabelingJob

Json = Any
LONGEST_SHOWN = 100
"""Characters of a foreign value that a warning repeats."""


class UnusablePredictionError(ValueError):
    """A prediction that is passed over; the text says why, as the end of a warning in the job's log."""


class Prediction(Frozen):
    """A prediction that can be used, as the task input record keeps it."""

    label: Json = Field(description="As the widget of the type takes it to begin with: names of labels, never ids")
    confidence: float | None = Field(default=None, ge=0, le=1, description="Of the whole label; None: not told")


@dataclass(frozen=True, slots=True)
class GivenPrediction:
    """What the manifest says: the label, its metadata, and the line without either.

    `confidence` is that of the whole label, None where none is given.
    """

    value: Json
    metadata: Mapping[str, Json]
    line: Mapping[str, Json]
    confidence: float | None = None

    def of(self, label: Json, parts: Iterable[float | None] = ()) -> Prediction:
        """Make the prediction; what is not said of the whole label is the mean over all of its parts."""
        found = list(parts)
        known = [part for part in found if part is not None]
        mean = sum(known) / len(known) if known and len(known) == len(found) else None
        return Prediction(label=label, confidence=mean if self.confidence is None else self.confidence)


class Predictions(ABC):
    """How predictions of a type are written in a manifest."""

    shown: ClassVar[bool]
    """Whether workers begin with the prediction where the request says nothing about it."""

    @abstractmethod
    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """Read a prediction.

        Raises
        ------
        UnusablePredictionError
            It is none, or none of this job's labels.
        """

    def as_class(self, prediction: Prediction, job: LabelingJob) -> tuple[int, float] | None:
        """Give the index of the predicted label and its confidence; None unless labels are single and both known."""
        del prediction, job
        return None


def read_confidence(value: Json) -> float | None:
    """Read a confidence; None where there is none.

    Raises
    ------
    UnusablePredictionError
        It is no number from 0 to 1.
    """
    if value is None:
        return None
    if type(value) not in {int, float} or not 0 <= value <= 1:
        raise UnusablePredictionError(f"{shown(value)} is no confidence from 0 to 1")
    return float(value)


def own_confidence(part: Json) -> float | None:
    """Read the confidence that stands in an object itself; models also call it its score.

    Raises
    ------
    UnusablePredictionError
        It is no number from 0 to 1.
    """
    return read_confidence(part.get("confidence", part.get("score"))) if isinstance(part, Mapping) else None


def part_confidences(parts: Sequence[Json], metadata: Mapping[str, Json], key: str) -> list[float | None]:
    """Read the confidence of each part of a label: its own, or that of Ground Truth's metadata, `[{"confidence"}, …]`.

    Raises
    ------
    UnusablePredictionError
        The metadata lists another number of parts, or something is no confidence.
    """
    beside = metadata.get(key, [None] * len(parts))
    if not isinstance(beside, list) or len(beside) != len(parts):
        raise UnusablePredictionError(f'"{key}" of its metadata does not have one entry for each of {len(parts)}')
    known = zip(map(own_confidence, parts), map(own_confidence, beside), strict=True)
    return [there if own is None else own for own, there in known]


def shown(value: Json) -> str:
    """Write a foreign value for a warning."""
    return f'"{value[:LONGEST_SHOWN]}"' if isinstance(value, str) else repr(value)[:LONGEST_SHOWN]

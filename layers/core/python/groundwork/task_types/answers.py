"""Answers of workers, the objects and tasks they belong to, and the labels they become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri

Json = Any
"""A value as `json.loads` gives it."""


class InvalidAnswerError(ValueError):
    """A worker's answer that the task type does not accept; the text is shown to the worker."""


class UnusableLineError(ValueError):
    """A sound manifest line that can't become a task of this type; the text says why and fails the data object."""


@dataclass(frozen=True, slots=True)
class AnsweredTask:
    """The task that an answer belongs to, as far as checking it takes.

    `read_task_input` fetches the task input from S3, so only types that can't do without call it.
    """

    job: LabelingJob
    read_task_input: Callable[[], Mapping[str, Json]]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the job."""
        return self.job.labels or ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One worker's submitted answer to one data object; `content` is the raw `answerContent`."""

    worker_id: str
    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AnsweredObject:
    """A data object with at least one answer, ready to be consolidated.

    `missing` counts the answers that were asked for and never came. `data_object` is `{"s3Uri": …}` or
    `{"content": text}`.
    """

    object_id: int
    answers: tuple[Answer, ...]
    response_uri: str
    missing: int = 0
    data_object: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that a label points to, such as a mask."""

    uri: S3Uri
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class ConsolidatedLabel:
    """The label of one data object: `content` is merged into the output line (spec: data-formats §10.4).

    `files` are written before the label is.
    """

    object_id: int
    content: Mapping[str, Json]
    files: tuple[OutputFile, ...] = ()

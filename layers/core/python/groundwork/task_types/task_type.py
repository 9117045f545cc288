"""The contract of a task type: everything the pipeline asks of one, declared in one place.

A new task type is a new module that builds a `TaskType` and is listed in `registry.py`; no stage changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from groundwork.job.labeling_job import LabelingJob

Json = Any
"""A value as `json.loads` gives it."""


class InvalidAnswerError(ValueError):
    """A worker's answer that the task type does not accept; the text is shown to the worker."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One worker's submitted answer to one data object; `content` is the raw `answerContent`."""

    worker_id: str
    content: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class AnsweredObject:
    """A data object with at least one answer, ready to be consolidated.

    `missing` counts the answers that were asked for and never came.
    """

    object_id: int
    answers: tuple[Answer, ...]
    response_uri: str
    missing: int = 0


@dataclass(frozen=True, slots=True)
class ConsolidatedLabel:
    """The label of one data object: `content` is merged into the output line (spec: data-formats §10.4)."""

    object_id: int
    content: Mapping[str, Json]


Vote = tuple[int, str, Json]
"""(object id, worker id, what the task type's `vote` made of the answer); JSON."""


class Consolidation(Protocol):
    """How answers of several people become one label."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Reduce an answer to what `estimate` needs; `None` when the answer says nothing about the workers."""

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers over all votes of the job so far; the result is stored as JSON."""

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; an object that can't be labeled is left out and fails."""


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many labels the label file must and may have (spec: job-api §3.3)."""

    least: int
    most: int | None = None


class TaskInput(Protocol):
    """Manifest line → `taskInput`, as the built-in PRE- function of the type does it."""

    def __call__(self, line: Mapping[str, Json], labels: Sequence[str]) -> dict[str, Json]:
        """Form `task.input` of the worker template."""


class CheckAnswer(Protocol):
    """Refuse an answer by raising `InvalidAnswerError`."""

    def __call__(self, answer: Mapping[str, Json], labels: Sequence[str] | None) -> None:
        """Raise `InvalidAnswerError` with a sentence for the worker, or return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskType:
    """One kind of labeling."""

    name: str
    """Suffix of Ground Truth's built-in functions: `PRE-<name>`, `ACS-<name>`."""
    aliases: tuple[str, ...] = ()
    """Further suffixes that select this type."""
    title: str
    """For people: logs, reports, dashboards."""
    metadata_type: str
    """`type` in the output metadata (spec: data-formats §8.4)."""
    source_keys: tuple[str, ...]
    """Manifest keys that may carry the data object."""
    label_count: LabelCount | None
    """None: the label file is optional (custom jobs)."""
    reference_suffix: Literal["required", "forbidden"] = "forbidden"
    """Whether the label attribute must or must not end in `-ref`."""
    user_interface: Literal["template", "human_task_ui"] = "template"
    default_template: str | None
    """Liquid source used when the drop names no template; None: a template is required."""
    task_time_limit: int = 300
    """Default seconds for one task (Ground Truth's console default)."""
    task_time_limit_most: int = 28_800
    """Largest `TaskTimeLimitInSeconds` accepted."""
    workers_per_object: int = 3
    """Default of `NumberOfHumanWorkersPerDataObject`."""
    automated_labeling: bool = False
    """Whether Ground Truth labels this type automatically."""
    task_input: TaskInput
    check_answer: CheckAnswer
    consolidation: Consolidation
    extensions: tuple[str, ...] = field(default=())
    """File name endings of `source-ref` objects, lower case; empty: any."""

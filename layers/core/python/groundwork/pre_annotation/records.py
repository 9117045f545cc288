"""From the lines of a shard to its task inputs (docs/architecture.md: `.groundwork/task-input/`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import ConfigDict, Field

from groundwork.job.labeling_job import Frozen, LabelingJob
from groundwork.json_text import compact_json
from groundwork.manifest_output.failure import EXCLUDED, pre_annotation_failed
from groundwork.pre_annotation.gold import take_gold
from groundwork.pre_annotation.prediction import take_prediction, with_prediction
from groundwork.pre_annotation.response import PreAnnotationError, parse_response
from groundwork.task_types.prediction import Prediction
from groundwork.task_types.task_type import Json, TaskType, UnusableLineError


class TaskInputRecord(Frozen):
    """One line of a shard's task inputs."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    object_id: int = Field(alias="object", ge=0)
    state: Literal["task", "failed", "copied"]
    task_input: dict[str, Json] | None = Field(default=None, alias="taskInput")
    data_object: dict[str, str] | None = Field(default=None, alias="dataObject")
    reason: str | None = None
    prediction: Prediction | None = Field(default=None, description="Of a model, for automated labeling")
    gold: Json | None = Field(default=None, description="Known answer of a gold object, as its task type reads it")
    warning: str | None = Field(default=None, description="What of the line was passed over, and why")

    def to_line(self) -> bytes:
        """Write without a line break, absent fields left out."""
        return compact_json(self.model_dump(by_alias=True, exclude_none=True))


class TaskInputIndex(Frozen):
    """A shard's index: where in the file of its records each task lies."""

    shard: int
    count: int = Field(description="Lines of the shard")
    tasks: tuple[tuple[int, int, int], ...] = Field(description="Object id, offset and length in bytes")
    failed: int
    copied: int


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A manifest line as an object, and why it can't be labeled, if so."""

    data: Mapping[str, Json]
    fault: str | None = None


LineCheck: TypeAlias = Callable[[bytes], CheckedLine]
"""prepare_job's judgement of a line."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A sound line for which the customer's pre-annotation function is still to be asked."""

    object_id: int
    data: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A record, and what is worth a warning about how it came about."""

    record: TaskInputRecord
    warnings: tuple[str, ...] = ()


def first_pass(
    object_id: int, raw: bytes, job: LabelingJob, task_type: TaskType, check: LineCheck
) -> TaskInputRecord | Pending:
    """Make the record of a line, as far as that takes no function of the customer's.

    A line that carries the job's label attribute is copied through whatever else it holds (spec: data-formats §13).
    """
    line = check(raw)
    if job.label_attribute in line.data:
        return TaskInputRecord(object_id=object_id, state="copied")
    if line.fault is not None:
        return TaskInputRecord(object_id=object_id, state="failed", reason=line.fault)
    if job.functions.pre is not None:
        return Pending(object_id, line.data)
    try:
        shown, gold = take_gold(line.data, job, task_type.gold)
        taken = take_prediction(shown, job, task_type.predictions)
        task_input = with_prediction(task_type.task_input(taken.line, job), taken, job)
    except UnusableLineError as error:
        return failed_line(object_id, error)
    record = _task(object_id, line.data, task_input)
    return record.model_copy(update={"prediction": taken.prediction, "gold": gold, "warning": taken.warning})


def failed_line(object_id: int, error: UnusableLineError) -> TaskInputRecord:
    """Make the record of a line that can't become a task."""
    return TaskInputRecord(object_id=object_id, state="failed", reason=f"ClientError: {error}")


def with_response(pending: Pending, response: Json) -> Annotated:
    """Make the record of a line from what the customer's function answered; an unusable answer fails the object."""
    try:
        answer = parse_response(response)
    except PreAnnotationError as error:
        return Annotated(failed(pending, error))
    if not answer.human_required:
        record = TaskInputRecord(object_id=pending.object_id, state="failed", reason=EXCLUDED)
        return Annotated(record, answer.warnings)
    return Annotated(_task(pending.object_id, pending.data, answer.task_input), answer.warnings)


def failed(pending: Pending, error: PreAnnotationError) -> TaskInputRecord:
    """Make the record of an object for which the customer's function gave nothing usable."""
    return TaskInputRecord(object_id=pending.object_id, state="failed", reason=pre_annotation_failed(str(error)))


def annotate(pending: Pending, respond: Callable[[Mapping[str, Json]], Json]) -> Annotated:
    """Ask for the response and make the record.

    `respond` takes the manifest line. Its `PreAnnotationError` fails this object; any other exception, such as a
    function that can't be invoked, passes through and fails the job (spec: workflows §1.11).
    """
    try:
        response = respond(pending.data)
    except PreAnnotationError as error:
        return Annotated(failed(pending, error))
    return with_response(pending, response)


def shard_file(shard: int, records: Iterable[TaskInputRecord]) -> tuple[bytes, TaskInputIndex]:
    """Write a shard's records as JSON Lines, with the index of its tasks.

    Length in the index leaves out the line break.
    """
    lines: list[bytes] = []
    tasks: list[tuple[int, int, int]] = []
    offset = 0
    states = {"task": 0, "failed": 0, "copied": 0}
    for record in records:
        line = record.to_line()
        states[record.state] += 1
        if record.state == "task":
            tasks.append((record.object_id, offset, len(line)))
        lines.append(line + b"\n")
        offset += len(line) + 1
    index = TaskInputIndex(
        shard=shard, count=len(lines), tasks=tuple(tasks), failed=states["failed"], copied=states["copied"]
    )
    return b"".join(lines), index


def data_object(line: Mapping[str, Json]) -> dict[str, str]:
    """Name the data object as a consolidation request does (spec: data-formats §10.2)."""
    return {"s3Uri": line["source-ref"]} if "source-ref" in line else {"content": line["source"]}


def _task(object_id: int, line: Mapping[str, Json], task_input: dict[str, Json]) -> TaskInputRecord:
    return TaskInputRecord(object_id=object_id, state="task", task_input=task_input, data_object=data_object(line))

"""Custom jobs: the requester's own template, and own functions or none (spec: workflows §1, data-formats §11.13)."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.consolidation.metadata import CUSTOM_TYPE
from groundwork.consolidation.unconsolidated import PassedThrough, Referenced
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.built_in import SOURCE, SOURCE_REF
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError, Json, TaskType

TIME_LIMIT = 3600
"""Seconds; Ground Truth's console default for all but the quick types (spec: task-types §1.6)."""


def manifest_line(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Without a pre-annotation function the manifest line itself is `task.input` (spec: workflows §1.9)."""
    del job
    return dict(line)


def check_any_answer(answer: Mapping[str, Json], task: AnsweredTask) -> None:
    """Accept any JSON object: only the requester's template knows what it may hold."""
    del task
    if not isinstance(answer, Mapping):
        raise InvalidAnswerError("The answer must be one JSON object, as a crowd-form gives it.")


CUSTOM = TaskType(
    name="Custom",
    title="Custom",
    metadata_type=CUSTOM_TYPE,
    source_keys=(SOURCE_REF, SOURCE),
    label_count=None,
    default_template=None,
    task_time_limit=TIME_LIMIT,
    task_input=manifest_line,
    check_answer=check_any_answer,
    consolidation=Referenced(),
)
"""The label is `{}` and the metadata points to the answers, unless a post-annotation function consolidates."""

PASS_THROUGH = TaskType(
    name="PassThrough",
    title="Custom (answers passed through)",
    metadata_type=CUSTOM_TYPE,
    source_keys=(SOURCE_REF, SOURCE),
    label_count=None,
    default_template=None,
    task_time_limit=TIME_LIMIT,
    task_input=manifest_line,
    check_answer=check_any_answer,
    consolidation=PassedThrough(),
)
"""PRE-PassThrough and ACS-PassThrough: the label holds every answer as it was given."""

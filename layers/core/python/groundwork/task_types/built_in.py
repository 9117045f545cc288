"""What the built-in task types share: the task input of their PRE- function and where their templates lie."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json

SOURCE = "source"
SOURCE_REF = "source-ref"


def built_in_task_input(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Form `task.input` as the built-in PRE- functions do (spec: data-formats §10.1)."""
    return {
        "taskObject": line[SOURCE_REF] if SOURCE_REF in line else line[SOURCE],
        "labels": list(job.labels or ()),
        "manifestLine": dict(line),
    }


def template(name: str) -> str:
    """Read a default worker template of ours: Liquid source."""
    return resources.files(__package__).joinpath("templates", f"{name}.liquid.html").read_text("utf-8")

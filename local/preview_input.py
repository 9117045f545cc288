"""What a preview shows: a worker template and its `task.input`, from files on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, DropFiles
from groundwork.job.labeling_job import PREDICTION_SUFFIX, LabelingJob, ManifestVersion
from groundwork.job.parse_request import parse_json
from groundwork.job.problems import ProblemsError
from groundwork.job.resolve import Inputs, resolve
from groundwork.pre_annotation.prediction import take_prediction, with_prediction
from groundwork.task_types import registry
from groundwork.task_types.task_type import TaskType, UnusableLineError
from groundwork.worker_page.errors import TemplateError

LABEL_FILE = "labels.json"
MANIFEST_ENDINGS = (".manifest", ".jsonl")
SHORTEST_INPUT, LONGEST_INPUT = 2, 128_000
"""Characters of a task input as JSON text, as Ground Truth's RenderUiTemplate takes them (spec: task-types §7.5)."""

# No job is made: this only completes the request, so that a task type finds the job it asks for.
_JOB = "preview"
_CONTEXT = DropContext(
    jobs_bucket="preview",
    account="000000000000",
    region="us-east-1",
    role_arn="arn:aws:iam::000000000000:role/preview",
    default_work_team="preview",
)


class PreviewError(ValueError):
    """What can't be previewed; `errors` has the form of RenderUiTemplate's list."""

    def __init__(self, errors: Iterable[Mapping[str, str]]) -> None:
        self.errors = [dict(error) for error in errors]
        super().__init__("; ".join(error["Message"] for error in self.errors))

    @classmethod
    def of_input(cls, *messages: str) -> PreviewError:
        """Say what is wrong with the input."""
        return cls({"Code": "InvalidInput", "Message": message} for message in messages)

    @classmethod
    def of_template(cls, error: TemplateError) -> PreviewError:
        """Say what is wrong with the template."""
        return cls({"Code": found["Code"], "Message": found["Message"]} for found in error.errors)


@dataclass(frozen=True, slots=True)
class PreviewInput:
    """A template and what fills it."""

    template: str
    task_input: Mapping[str, Any]
    title: str
    script_sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    inline_scripts: bool = True


def plain_input(template: Path, content: Path, line: int) -> PreviewInput:
    """Take a file for `task.input` as it is: a JSON object or, from a manifest, one of its lines.

    Raises
    ------
    PreviewError
        A file can't be read, or holds something else.
    """
    return PreviewInput(read_text(template), _checked(_read_object(content, line)), template.name)


def typed_input(
    request: Mapping[str, Any], manifest: Path, line: int, *, labels: Path | None, template: Path | None
) -> PreviewInput:
    """Make `task.input` of a manifest line as the task type of a job does.

    Parameters
    ----------
    request
        The job's `job.json`; what it leaves out is filled in as for a drop.
    labels
        The label file; None: `labels.json` beside the manifest, if there is one.
    template
        None: the task type's own.

    Raises
    ------
    PreviewError
        A file can't be read, the request is no job, or the line is no task of it.
    """
    beside = manifest.parent / LABEL_FILE
    label_file = labels or (beside if beside.is_file() else None)
    content = _read_object(manifest, line)
    job = job_of({**_predicted_attribute(content), **request}, label_file, template)
    return input_of(job, content, template)


def input_of(job: LabelingJob, line: Mapping[str, Any], template: Path | None = None) -> PreviewInput:
    """Make `task.input` of a line of a job.

    Raises
    ------
    PreviewError
        The template can't be read, or the line is no task of the job.
    """
    task_type = registry.get(job.task_type)
    source = read_text(template) if template else task_type.default_template
    if source is None:
        raise PreviewError.of_input(f"{task_type.name} has no template of its own: TEMPLATE=<path> is missing")
    taken = take_prediction(line, job, task_type.predictions)
    task_input = with_prediction(_task_input(task_type, taken.line, job), taken, job)
    return PreviewInput(
        template=source,
        task_input=_checked(task_input),
        title=job.title,
        script_sources=job.script_sources,
        warnings=() if taken.warning is None else (taken.warning,),
        inline_scripts=task_type.human_task_ui is None,
    )


def job_of(request: Mapping[str, Any], labels: Path | None, template: Path | None = None) -> LabelingJob:
    """Resolve a request as a drop does, without any S3.

    Raises
    ------
    PreviewError
        With everything that keeps the request from being a job.
    """
    files = DropFiles(
        name=_JOB,
        manifest_uri="s3://preview/preview/input.manifest",
        label_file_uri=f"s3://preview/preview/{LABEL_FILE}" if labels else None,
    )
    completed = complete(request, files, _CONTEXT, registry)
    if template is not None:
        task = completed.setdefault("HumanTaskConfig", {})
        task["UiConfig"] = {"UiTemplateS3Uri": f"s3://preview/preview/{template.name}"}
    inputs = Inputs(
        manifest=ManifestVersion(uri=str(files.manifest_uri), etag="preview"),
        label_file=_read(labels) if labels else None,
    )
    try:
        return resolve(completed, inputs, _CONTEXT, registry, datetime(2000, 1, 1, tzinfo=UTC))
    except ProblemsError as error:
        raise PreviewError.of_input(*map(str, error.problems)) from error


def _predicted_attribute(line: Mapping[str, Any]) -> dict[str, str]:
    """Take the attribute that a line brings a prediction of for the job's, where nothing names that."""
    found = [name.removesuffix(PREDICTION_SUFFIX) for name in line if name.endswith(PREDICTION_SUFFIX)]
    return {"LabelAttributeName": found[0]} if len(found) == 1 else {}


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises
    ------
    PreviewError
        There is no such file, or it is not UTF-8.
    """
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PreviewError.of_input(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PreviewError.of_input(f"{path} can't be read: {error.strerror}") from error


def _read_object(path: Path, line: int) -> dict[str, Any]:
    text = read_text(path)
    place = str(path)
    if path.suffix in MANIFEST_ENDINGS:
        lines = text.splitlines()
        if not 1 <= line <= len(lines):
            raise PreviewError.of_input(f"{path} has {len(lines)} lines, no line {line}")
        text, place = lines[line - 1], f"line {line} of {path}"
    try:
        found = parse_json(text.encode(), place, "one JSON object")
    except ProblemsError as error:
        raise PreviewError.of_input(*map(str, error.problems)) from error
    if not isinstance(found, dict):
        raise PreviewError.of_input(f"{place} is not a JSON object")
    return found


def _task_input(task_type: TaskType, line: Mapping[str, Any], job: LabelingJob) -> dict[str, Any]:
    if not any(key in line for key in task_type.source_keys):
        wanted = " or ".join(map(repr, task_type.source_keys))
        raise PreviewError.of_input(f"the line has no {wanted}, which {task_type.name} needs")
    try:
        return task_type.task_input(line, job)
    except UnusableLineError as error:
        raise PreviewError.of_input(str(error)) from error


def _checked(task_input: Mapping[str, Any]) -> Mapping[str, Any]:
    length = len(json.dumps(task_input, ensure_ascii=False))
    if not SHORTEST_INPUT <= length <= LONGEST_INPUT:
        message = f"a task input has {SHORTEST_INPUT} to {LONGEST_INPUT:,} characters as JSON, this one {length:,}"
        raise PreviewError.of_input(message)
    return task_input

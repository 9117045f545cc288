"""What must hold between the members of a request, its task type and the deployment (spec: job-api §3.2, §3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from groundwork.job import request_view as place
from groundwork.job.adaptive_rules import adaptive_redundancy
from groundwork.job.automation_rules import automation_problems
from groundwork.job.drop_context import DropContext
from groundwork.job.names import is_listed_key, is_public_work_team, work_team_name
from groundwork.job.problems import Problem
from groundwork.job.request_view import RequestView
from groundwork.job.s3_uri import S3Uri, S3UriError
from groundwork.task_types.task_type import TaskType

LONGEST_AVAILABILITY = 2_592_000
"""Seconds a task of a private work team may stay open: 30 days (spec: job-api §12)."""

_TEMPLATE_ENDINGS = (".html", ".liquid")


def broken_rules(view: RequestView, task_type: TaskType | None, context: DropContext) -> list[Problem]:
    """Collect every rule that the request breaks; the task type's own rules wait until the type is known."""
    problems = [problem for rule in _GENERAL for problem in rule(view, context)]
    if task_type is not None:
        problems += [problem for of_type in _OF_TASK_TYPE for problem in of_type(view, task_type)]
        problems += automation_problems(view, task_type, context)
        problems += adaptive_redundancy(view, task_type, context)
    return problems


def _label_attribute(view: RequestView, context: DropContext) -> Iterator[Problem]:
    name = view.text(place.ATTRIBUTE)
    if name is None:
        return
    if name in ("source", "source-ref"):
        message = f"{name!r} is the key of the data object"
        yield Problem(path=place.ATTRIBUTE, message=message, expected="another name")
    if name.endswith("-metadata"):
        message = f"{name!r} ends in -metadata, which marks the metadata of a label"
        yield Problem(path=place.ATTRIBUTE, message=message, expected="a name with another ending")


def _data_source(view: RequestView, context: DropContext) -> Iterator[Problem]:
    if view.has(place.SNS_SOURCE):
        yield Problem(
            path=place.SNS_SOURCE,
            message="streaming labeling jobs are not available in this version",
            expected=f"a manifest in {place.S3_SOURCE}",
        )
    elif not view.has(place.S3_SOURCE):
        message = "no data source"
        yield Problem(path=place.S3_SOURCE, message=message, expected="an object with the key ManifestS3Uri")


def _output_topic(view: RequestView, context: DropContext) -> Iterator[Problem]:
    if view.has(place.OUTPUT_TOPIC):
        yield Problem(
            path=place.OUTPUT_TOPIC,
            message="notices of single labels by SNS are not available in this version",
            expected="a request without this member",
        )


def _work_team(view: RequestView, context: DropContext) -> Iterator[Problem]:
    arn = view.text(place.WORK_TEAM)
    if arn is None:
        return
    if is_public_work_team(arn):
        yield Problem(
            path=place.WORK_TEAM,
            message="The public workforce is not available in this deployment",
            expected="the ARN of a private work team",
        )
    elif not work_team_name(arn):
        message = f"{arn!r} has no name after its last slash"
        yield Problem(path=place.WORK_TEAM, message=message, expected="the ARN of a private work team")


def _output_key(view: RequestView, context: DropContext) -> Iterator[Problem]:
    key = view.text(place.OUTPUT_KEY)
    if key and not is_listed_key(key, context.kms_keys):
        yield Problem(
            path=place.OUTPUT_KEY,
            message=f"this deployment has no right to use the KMS key {key!r}",
            expected="a key listed in the deployment's setting kmsKeys; add it there and deploy again",
        )


def _tags(view: RequestView, context: DropContext) -> Iterator[Problem]:
    tags = view.at("Tags")
    if not isinstance(tags, list):
        return
    keys = Counter(tag["Key"] for tag in tags if isinstance(tag, Mapping) and isinstance(tag.get("Key"), str))
    for key, times in keys.items():
        if times > 1:
            yield Problem(path="Tags", message=f"the key {key!r} stands {times} times", expected="keys all different")


def _availability(view: RequestView, context: DropContext) -> Iterator[Problem]:
    seconds = view.integer(place.AVAILABILITY)
    if seconds is not None and seconds > LONGEST_AVAILABILITY:
        yield Problem(
            path=place.AVAILABILITY,
            message=f"{seconds} seconds",
            expected=f"at most {LONGEST_AVAILABILITY} seconds (30 days)",
        )


def _buckets(view: RequestView, context: DropContext) -> Iterator[Problem]:
    for path in (place.MANIFEST, place.TEMPLATE, place.LABEL_FILE):
        yield from _bucket(view, path, context.readable_buckets, "dataBuckets")
    yield from _bucket(view, place.OUTPUT, context.writable_buckets, "outputBuckets")


def _bucket(view: RequestView, path: str, allowed: frozenset[str], setting: str) -> Iterator[Problem]:
    uri = view.text(path)
    if uri is None:
        return
    try:
        address = S3Uri.parse(uri)
    except S3UriError:
        yield Problem(path=path, message=f"{uri!r} is not an s3:// address", expected="s3://bucket/key")
        return
    if not address.key and path != place.OUTPUT:
        yield Problem(path=path, message=f"{uri!r} names a bucket only", expected="s3://bucket/key")
    if address.bucket not in allowed:
        yield Problem(
            path=path,
            message=f"this deployment has no rights on the bucket {address.bucket!r}",
            expected=f"one of {', '.join(sorted(allowed))}, or a bucket added to the deployment's setting {setting}",
        )


def _reference_suffix(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    name = view.text(place.ATTRIBUTE)
    if name is None or name.endswith("-ref") == (task_type.reference_suffix == "required"):
        return
    verb = "must end" if task_type.reference_suffix == "required" else "must not end"
    yield Problem(
        path=place.ATTRIBUTE,
        message=f"{name!r} {verb} in -ref for task type {task_type.name}",
        expected=f"{name}-ref" if verb == "must end" else "a name with another ending",
    )


def _user_interface(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    by_template = task_type.human_task_ui is None
    wanted, other = (place.TEMPLATE, place.HUMAN_TASK_UI) if by_template else (place.HUMAN_TASK_UI, place.TEMPLATE)
    page = (view.text(place.HUMAN_TASK_UI) or "").rpartition("/")[2]
    if not by_template and page and page != task_type.human_task_ui:
        yield Problem(
            path=place.HUMAN_TASK_UI,
            message=f"{page!r} is not the page of task type {task_type.name}",
            expected=f"an ARN that ends in human-task-ui/{task_type.human_task_ui}, or none",
        )
    if view.has(other):
        yield Problem(
            path=other,
            message=f"task type {task_type.name} takes {wanted.rpartition('.')[2]} instead",
            expected=f"exactly one user interface, in {wanted}",
        )
    if not view.has(wanted) and task_type.default_template is None:
        yield Problem(
            path=wanted,
            message=f"task type {task_type.name} has no template of its own, so one is needed",
            expected="the S3 address of a worker template ending in .html or .liquid" if by_template else "an ARN",
        )
    template = view.text(place.TEMPLATE)
    if template is not None and not template.endswith(_TEMPLATE_ENDINGS):
        message = f"{template!r} has another ending"
        yield Problem(path=place.TEMPLATE, message=message, expected="a key that ends in .html or .liquid")


def _label_file(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    if task_type.label_count is not None and not view.has(place.LABEL_FILE):
        yield Problem(
            path=place.LABEL_FILE,
            message=f"task type {task_type.name} needs a label category configuration file",
            expected="its S3 address, or a file labels.json beside job.json",
        )


def _time_limit(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    seconds = view.integer(place.TIME_LIMIT)
    if seconds is not None and seconds > task_type.task_time_limit_most:
        yield Problem(
            path=place.TIME_LIMIT,
            message=f"{seconds} seconds",
            expected=f"at most {task_type.task_time_limit_most} seconds for task type {task_type.name}",
        )


def _consolidation_algorithm(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    name = view.text(place.ALGORITHM)
    if name is not None and name not in task_type.consolidation_algorithms:
        yield Problem(
            path=place.ALGORITHM,
            message=f"task type {task_type.name} has no consolidation algorithm {name!r}",
            expected=f"one of {', '.join(task_type.consolidation_algorithms)}",
        )


def _exports(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    names = view.at(place.EXPORT)
    for name in names if isinstance(names, list) else []:
        if isinstance(name, str) and name not in task_type.exports:
            yield Problem(
                path=place.EXPORT,
                message=f"labels of task type {task_type.name} can't be exported as {name!r}",
                expected=f"names out of {', '.join(task_type.exports) or '(this task type has no export)'}",
            )


def _audited_attribute(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    name = view.text(place.AUDITED)
    if name is None:
        return
    if task_type.audits is None:
        message = f"task type {task_type.name} audits no earlier label"
        yield Problem(path=place.AUDITED, message=message, expected="a request without this member")
    elif name == view.text(place.ATTRIBUTE):
        message = f"{name!r} is the attribute of this job's own label"
        yield Problem(path=place.AUDITED, message=message, expected="the attribute of the earlier job's label")


def _predictions(view: RequestView, task_type: TaskType) -> Iterator[Problem]:
    if view.has(place.SHOW_PREDICTIONS) and task_type.predictions is None:
        message = f"task type {task_type.name} takes no predictions"
        yield Problem(path=place.SHOW_PREDICTIONS, message=message, expected="a request without this member")


_GENERAL: tuple[Callable[[RequestView, DropContext], Iterator[Problem]], ...] = (
    _label_attribute,
    _data_source,
    _output_topic,
    _work_team,
    _output_key,
    _tags,
    _availability,
    _buckets,
)
_OF_TASK_TYPE: tuple[Callable[[RequestView, TaskType], Iterator[Problem]], ...] = (
    _reference_suffix,
    _user_interface,
    _label_file,
    _time_limit,
    _consolidation_algorithm,
    _exports,
    _audited_attribute,
    _predictions,
)

"""A complete request made into a labeling job, or everything that keeps it from being one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from groundwork.job import names
from groundwork.job import request_view as place
from groundwork.job.automation import resolve_automation
from groundwork.job.defaults import MAX_CONCURRENT_TASK_COUNT
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.label_categories import LabelCategories, parse_label_categories
from groundwork.job.labeling_job import (
    AdaptiveRedundancy,
    AnnotationFunctions,
    LabelingJob,
    ManifestVersion,
    StopConditions,
)
from groundwork.job.parse_request import parse_request
from groundwork.job.problems import Problem, ProblemsError
from groundwork.job.request import GroundworkSettings, LabelingJobRequest, StoppingConditions
from groundwork.job.request_view import RequestView
from groundwork.job.rules import LONGEST_AVAILABILITY, broken_rules
from groundwork.job.s3_uri import S3Uri, S3UriError
from groundwork.job.task_type_choice import TaskTypeChoice, choose_task_type
from groundwork.job.team_paths import TeamPaths
from groundwork.task_types.task_type import TaskType


@dataclass(frozen=True, slots=True, kw_only=True)
class InputAddresses:
    """The files a request points to; None where it names none or one the deployment may not read."""

    manifest: S3Uri | None
    label_file: S3Uri | None
    template: S3Uri | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What was found at the addresses.

    `problems` are those already known: a wrong folder, a file that does not exist (see `not_found`).
    """

    manifest: ManifestVersion | None
    label_file: bytes | None = None
    problems: tuple[Problem, ...] = ()


def input_addresses(request: Mapping[str, Any], context: DropContext) -> InputAddresses:
    """Tell which files must be looked at before the request can be judged."""
    view = RequestView(request)
    return InputAddresses(
        manifest=_readable(view, place.MANIFEST, context),
        label_file=_readable(view, place.LABEL_FILE, context),
        template=_readable(view, place.TEMPLATE, context),
    )


def not_found(request: Mapping[str, Any], uri: S3Uri) -> Problem:
    """Name the member of the request that points to an object that does not exist."""
    return Problem(
        path=_member(request, uri),
        message=f"there is no object {uri}",
        expected="the address of an object that exists",
    )


def not_readable(request: Mapping[str, Any], uri: S3Uri) -> Problem:
    """Name the member of the request that points to an object which the deployment is kept from reading."""
    return Problem(
        path=_member(request, uri),
        message=f"reading {uri} is denied to this deployment",
        expected="an object that its bucket's policy lets this deployment read, encrypted with no key but those of the "
        "deployment's setting kmsKeys",
    )


def not_writable(output_root: str) -> Problem:
    """Say that the deployment is kept from writing where the output shall go."""
    return Problem(
        path=place.OUTPUT,
        message=f"writing to {output_root} is denied to this deployment",
        expected="a bucket whose policy lets this deployment write, and a KMS key whose policy lets it be used",
    )


def _member(request: Mapping[str, Any], uri: S3Uri) -> str:
    view = RequestView(request)
    members = (place.MANIFEST, place.LABEL_FILE, place.TEMPLATE)
    return next((member for member in members if view.text(member) == str(uri)), str(uri))


def resolve(
    request: Mapping[str, Any], inputs: Inputs, context: DropContext, task_types: TaskTypes, created_at: datetime
) -> LabelingJob:
    """Check a complete request and translate it into a labeling job.

    Raises
    ------
    ProblemsError
        With all problems of the request, the label file and `inputs`, not only the first.
    """
    view = RequestView(request)
    choice = choose_task_type(view, context, task_types)
    problems = [*inputs.problems, *choice.problems, *broken_rules(view, choice.task_type, context)]
    labels = _labels(view, inputs, choice.task_type, problems)
    try:
        parsed = parse_request(request)
    except ProblemsError as error:
        known = {problem.path for problem in problems}
        problems = [*(problem for problem in error.problems if problem.path not in known), *problems]
    # What is known of a place explains why the members around it are missing.
    explained = tuple(problem.path for problem in inputs.problems)
    problems = [each for each in problems if not any(path.startswith(f"{each.path}.") for path in explained)]
    if problems:
        raise ProblemsError(problems)
    if choice.task_type is None or inputs.manifest is None:
        raise ValueError("the manifest was not looked up although the request names one")
    start = _Start(inputs.manifest, labels, context, created_at)
    job = _labeling_job(parsed, choice, choice.task_type, start)
    return job.model_copy(update={"automation": resolve_automation(parsed, view, choice.task_type, context)})


def _readable(view: RequestView, path: str, context: DropContext) -> S3Uri | None:
    try:
        address = S3Uri.parse(view.text(path) or "")
    except S3UriError:
        return None
    return address if address.bucket in context.readable_buckets and address.key else None


def _labels(
    view: RequestView, inputs: Inputs, task_type: TaskType | None, problems: list[Problem]
) -> LabelCategories | None:
    if inputs.label_file is None:
        return None
    uri = view.text(place.LABEL_FILE) or place.LABEL_FILE
    count = task_type.label_count if task_type else None
    try:
        return parse_label_categories(
            inputs.label_file, uri, count, instructions_required=task_type is not None and task_type.label_instructions
        )
    except ProblemsError as error:
        problems.extend(error.problems)
        return None


@dataclass(frozen=True, slots=True)
class _Start:
    """What the request does not say: the files as they were found, the deployment, the time."""

    manifest: ManifestVersion
    labels: LabelCategories | None
    context: DropContext
    created_at: datetime


def _labeling_job(
    request: LabelingJobRequest, choice: TaskTypeChoice, task_type: TaskType, start: _Start
) -> LabelingJob:
    name, task, context = request.labeling_job_name, request.human_task_config, start.context
    arn = names.job_arn(name, partition=context.partition, region=context.region, account=context.account)
    availability = task.task_availability_lifetime_in_seconds
    return LabelingJob(
        name=name,
        arn=arn,
        reference_code=names.reference_code(arn, context.account, start.created_at),
        created_at=start.created_at,
        task_type=task_type.name,
        label_attribute=request.label_attribute_name,
        labels=start.labels.labels if start.labels else None,
        short_display_names=start.labels.short_display_names if start.labels else {},
        instructions=start.labels.instructions if start.labels else None,
        audited_attribute=_audited(request, task_type, start.labels),
        manifest=start.manifest,
        output_root=f"{request.output_config.s3_output_path.rstrip('/')}/{name}",
        output_kms_key=request.output_config.kms_key_id or None,
        template_uri=task.ui_config.ui_template_s3_uri,
        role_arn=request.role_arn,
        work_team=names.work_team_name(task.workteam_arn),
        title=task.task_title,
        description=task.task_description,
        keywords=task.task_keywords or (),
        workers_per_object=task.number_of_human_workers_per_data_object,
        adaptive=_adaptive(request.groundwork),
        task_time_limit=task.task_time_limit_in_seconds,
        task_availability=LONGEST_AVAILABILITY if availability is None else availability,
        max_concurrent=task.max_concurrent_task_count or MAX_CONCURRENT_TASK_COUNT,
        functions=AnnotationFunctions(pre=choice.pre, post=choice.post),
        stop_conditions=_stop_conditions(request.stopping_conditions),
        consolidation_algorithm=task_type.algorithm(
            request.groundwork.consolidation_algorithm, context.consolidation_algorithm
        ),
        exports=tuple(dict.fromkeys(request.groundwork.export)),
        show_predictions=_show_predictions(request.groundwork.show_predictions, task_type),
        team_record=_team_record(request, task_type, start),
        script_sources=request.groundwork.script_sources,
        tags={tag.key: tag.value for tag in request.tags},
    )


def _adaptive(settings: GroundworkSettings) -> AdaptiveRedundancy | None:
    least, target = settings.min_human_workers_per_data_object, settings.target_confidence
    if least is None or target is None:
        return None
    return AdaptiveRedundancy(min_workers=least, target_confidence=target)


def _team_record(request: LabelingJobRequest, task_type: TaskType, start: _Start) -> str | None:
    """Locate what is known of the work team's workers, where the job keeps it."""
    asked = request.groundwork.keep_worker_quality
    keeps = start.context.keep_worker_quality if asked is None else asked
    if not keeps or not task_type.knows_worker_quality or start.labels is None:
        return None
    team = names.work_team_name(request.human_task_config.workteam_arn)
    return str(TeamPaths(start.context.jobs_bucket, team).record(task_type.name, start.labels.labels))


def _audited(request: LabelingJobRequest, task_type: TaskType, labels: LabelCategories | None) -> str | None:
    """Name the audited attribute; a request may say it, or the label file as it does for frame types (§5.2)."""
    if task_type.audits is None:
        return None
    return request.groundwork.audit_label_attribute_name or (labels.audited_attribute if labels else None)


def _show_predictions(asked: bool | None, task_type: TaskType) -> bool:
    if task_type.predictions is None:
        return False
    return task_type.predictions.shown if asked is None else asked


def _stop_conditions(conditions: StoppingConditions | None) -> StopConditions:
    if conditions is None:
        return StopConditions()
    return StopConditions(
        max_human_labeled_objects=conditions.max_human_labeled_object_count,
        max_percentage_labeled=conditions.max_percentage_of_input_dataset_labeled,
    )

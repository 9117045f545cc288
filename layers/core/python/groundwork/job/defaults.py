"""The drop made into a complete CreateLabelingJob request: what the deployment knows may be left out."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from groundwork.job import request_view as place
from groundwork.job.drop_context import DropContext, DropFiles, TaskTypes
from groundwork.job.names import algorithm_specification_arn, function_arn, work_team_arn
from groundwork.job.request_view import RequestView
from groundwork.job.rules import LONGEST_AVAILABILITY
from groundwork.job.task_type_choice import choose_task_type
from groundwork.task_types.task_type import TaskType

MAX_CONCURRENT_TASK_COUNT = 1000
_UI = "HumanTaskConfig.UiConfig"
_TASK = "HumanTaskConfig"


def complete(drop: Mapping[str, Any], files: DropFiles, context: DropContext, task_types: TaskTypes) -> dict[str, Any]:
    """Fill in what `job.json` leaves out; nothing it says is changed, right or wrong.

    The one exception is the spelling of the name, which follows the folder's upper and lower case, because the
    folder is where the job's files are looked for.

    Parameters
    ----------
    drop
        The content of `job.json`.
    files
        The folder and what lies beside `job.json`.
    """
    request: dict[str, Any] = copy.deepcopy(dict(drop))
    task_type = choose_task_type(RequestView(request), context, task_types).task_type or task_types.CUSTOM
    name = request.get(place.NAME)
    if isinstance(name, str) and name.lower() == files.name.lower():
        request[place.NAME] = files.name
    defaults = _defaults(request, files, context, task_type)
    if task_type != task_types.CUSTOM:
        defaults |= _functions(request, context, task_type)
    for path, value in defaults.items():
        if value is not None:
            _fill(request, path, value)
    return request


def _defaults(
    request: Mapping[str, Any], files: DropFiles, context: DropContext, task_type: TaskType
) -> dict[str, object]:
    name = files.name
    suffix = "-ref" if task_type.reference_suffix == "required" else ""
    team = context.default_work_team
    return {
        place.NAME: name,
        place.ATTRIBUTE: f"{name}{suffix}",
        place.MANIFEST: None if RequestView(request).has(place.SNS_SOURCE) else files.manifest_uri,
        place.OUTPUT: f"s3://{context.jobs_bucket}/{name}/output/",
        place.ROLE: context.role_arn,
        place.LABEL_FILE: files.label_file_uri,
        place.WORK_TEAM: work_team_arn(
            team, partition=context.partition, region=context.region, account=context.account
        )
        if team
        else None,
        _UI: {},
        f"{_TASK}.TaskTitle": task_type.title,
        f"{_TASK}.TaskDescription": f"{task_type.title}, labeling job {name}",
        f"{_TASK}.NumberOfHumanWorkersPerDataObject": task_type.workers_per_object,
        place.TIME_LIMIT: task_type.task_time_limit,
        place.AVAILABILITY: LONGEST_AVAILABILITY,
        f"{_TASK}.MaxConcurrentTaskCount": MAX_CONCURRENT_TASK_COUNT,
        place.ALGORITHM_ARN: _algorithm(request, context, task_type),
    }


def _algorithm(request: Mapping[str, Any], context: DropContext, task_type: TaskType) -> str | None:
    """Name Ground Truth's algorithm where our own member asks for automated labeling."""
    view = RequestView(request)
    asked = view.has(place.AUTOMATION) or view.has(place.ALGORITHMS)
    if not asked or task_type.automated_labeling is None:
        return None
    return algorithm_specification_arn(task_type.automated_labeling, partition=context.partition, region=context.region)


def _functions(request: Mapping[str, Any], context: DropContext, task_type: TaskType) -> dict[str, object]:
    if not RequestView(request).has(place.TASK_TYPE):
        return {}
    where = {"partition": context.partition, "region": context.region, "account": context.account}
    return {
        place.PRE: function_arn("PRE", task_type.name, **where),
        place.POST: function_arn("ACS", task_type.name, **where),
    }


def _fill(request: dict[str, Any], path: str, value: object) -> None:
    *parents, last = path.split(".")
    part: Any = request
    for parent in parents:
        if part.get(parent) is None:
            part[parent] = {}
        part = part[parent]
        if not isinstance(part, dict):
            return
    if part.get(last) is None:
        part[last] = value

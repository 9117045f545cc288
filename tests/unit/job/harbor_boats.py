"""A drop of harbor boats to bend into shape, and what comes of judging it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import ManifestVersion
from groundwork.job.problems import ProblemsError
from groundwork.job.resolve import Inputs, resolve

NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
MANIFEST = ManifestVersion(uri="s3://harbor-in/m/day1.manifest", etag="9b2cf535f27731c974343645", version_id="v1")
LABELS = b'{"document-version": "2018-11-28", "labels": [{"label": "ferry"}, {"label": "buoy"}]}'
INPUTS = Inputs(manifest=MANIFEST, label_file=LABELS)
TASK = "HumanTaskConfig"
PRE = f"{TASK}.PreHumanTaskLambdaArn"
POST = f"{TASK}.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn"
OWN_PRE = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-pre"
OWN_POST = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-post"


def built_in(name: str) -> str:
    return f"arn:aws:lambda:ap-south-1:565803892007:function:{name}"


def put(request: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Set a member; a step that is a number is a place in a list."""
    *parents, last = path.split(".")
    part: Any = request
    for step in parents:
        part = part[int(step)] if step.isdigit() else part.setdefault(step, {})
    part[int(last) if last.isdigit() else last] = value
    return request


def without(request: dict[str, Any], path: str) -> dict[str, Any]:
    """Take a member away."""
    *parents, last = path.split(".")
    part: Any = request
    for step in parents:
        part = part[step]
    part.pop(last, None)
    return request


def custom(request: dict[str, Any], pre: str | None, post: str | None) -> dict[str, Any]:
    put(request, PRE, pre)
    put(request, POST, post)
    if post is None:
        put(request, f"{TASK}.AnnotationConsolidationConfig", None)
    return request


def problems(
    request: dict[str, Any], context: DropContext, types: TaskTypes, inputs: Inputs = INPUTS
) -> dict[str, str]:
    with pytest.raises(ProblemsError) as refused:
        resolve(request, inputs, context, types, NOW)
    return {problem.path: problem.message for problem in refused.value.problems}

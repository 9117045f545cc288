from __future__ import annotations

from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.problems import ProblemsError
from groundwork.job.resolve import Inputs, resolve

from tests.unit.job.harbor_boats import (
    INPUTS,
    MANIFEST,
    NOW,
    OWN_POST,
    OWN_PRE,
    POST,
    PRE,
    built_in,
    custom,
    problems,
    put,
)


@pytest.mark.parametrize(
    ("pre", "post", "task_type", "functions"),
    [
        (None, None, "Custom", (None, None)),
        (OWN_PRE, OWN_POST, "Custom", (OWN_PRE, OWN_POST)),
        (OWN_PRE, None, "Custom", (OWN_PRE, None)),
        (None, OWN_POST, "Custom", (None, OWN_POST)),
        (built_in("PRE-PassThrough"), built_in("ACS-PassThrough"), "PassThrough", (None, None)),
        (built_in("PRE-PassThrough"), OWN_POST, "Custom", (None, OWN_POST)),
        (OWN_PRE, built_in("ACS-PassThrough"), "PassThrough", (OWN_PRE, None)),
        (built_in("PRE-PassThrough"), None, "Custom", (None, None)),
    ],
)
def test_functions_settle_the_type_of_a_custom_job(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    pre: str | None,
    post: str | None,
    task_type: str,
    functions: tuple[str | None, str | None],
) -> None:
    request = custom(put(request_document, "LabelCategoryConfigS3Uri", None), pre, post)
    job = resolve(request, Inputs(manifest=MANIFEST), context, task_types, NOW)
    assert job.task_type == task_type
    assert (job.functions.pre, job.functions.post) == functions
    assert job.labels is None


def test_a_function_that_is_not_listed_is_refused_with_the_setting_to_extend(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    request = custom(request_document, OWN_PRE, OWN_POST + "-2")
    with pytest.raises(ProblemsError) as refused:
        resolve(request, INPUTS, context, task_types, NOW)
    (problem,) = refused.value.problems
    assert problem.path == POST
    assert "customerFunctions" in problem.expected


@pytest.mark.parametrize("name", ["3DPointCloudObjectDetection", "3DPointCloudObjectTracking", "VideoClassification"])
def test_a_task_type_that_is_not_there_yet_is_refused_with_those_that_are(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes, name: str
) -> None:
    found = problems(custom(request_document, built_in(f"PRE-{name}"), built_in(f"ACS-{name}")), context, task_types)
    expected = f"task type {name} is not available in this version; available: {', '.join(task_types.names())}"
    assert found == {PRE: expected, POST: expected}


def test_a_name_that_is_no_task_type_is_refused(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.TaskType", "Photos")
    assert "task type Photos is not available" in problems(request_document, context, task_types)["Groundwork.TaskType"]


@pytest.mark.parametrize(
    ("pre", "post", "place"),
    [
        (built_in("PRE-ImageMultiClass"), built_in("ACS-TextMultiClass"), POST),
        (built_in("PRE-ImageMultiClass"), None, POST),
        (None, built_in("ACS-TextMultiClass"), PRE),
        (built_in("PRE-ImageMultiClass"), OWN_POST, POST),
        (OWN_PRE, built_in("ACS-ImageMultiClass"), PRE),
        (built_in("PRE-PassThrough"), built_in("ACS-ImageMultiClass"), PRE),
    ],
)
def test_functions_of_different_task_types_are_refused(
    *,
    request_document: dict[str, Any],
    context: DropContext,
    task_types: TaskTypes,
    pre: str | None,
    post: str | None,
    place: str,
) -> None:
    found = problems(custom(request_document, pre, post), context, task_types)
    assert set(found) == {place}
    assert "do not belong together" in found[place]


def test_functions_in_each_others_place_are_refused(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    request = custom(request_document, built_in("ACS-ImageMultiClass"), built_in("PRE-ImageMultiClass"))
    assert set(problems(request, context, task_types)) == {PRE, POST}


def test_a_named_task_type_must_agree_with_the_functions(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.TaskType", "TextMultiClass")
    assert set(problems(request_document, context, task_types)) == {"Groundwork.TaskType"}
    put(request_document, "Groundwork.TaskType", "ImageMultiClass")
    assert resolve(request_document, INPUTS, context, task_types, NOW).task_type == "ImageMultiClass"

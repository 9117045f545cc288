from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.problems import Problem, ProblemsError, error_document
from groundwork.job.resolve import Inputs, input_addresses, not_found, resolve
from groundwork.job.s3_uri import S3Uri
from groundwork.job.team_paths import TeamPaths

from tests.unit.job.harbor_boats import (
    INPUTS,
    LABELS,
    MANIFEST,
    NOW,
    TASK,
    built_in,
    custom,
    problems,
    put,
    without,
)


def test_a_request_becomes_a_labeling_job(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    job = resolve(request_document, INPUTS, context, task_types, NOW)
    assert job.arn == "arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/harbor-boats-01"
    assert job.reference_code.startswith("123456789012")
    assert job == LabelingJob(
        name="Harbor-Boats-01",
        arn=job.arn,
        reference_code=job.reference_code,
        created_at=NOW,
        task_type="ImageMultiClass",
        label_attribute="boats",
        labels=("ferry", "buoy"),
        manifest=MANIFEST,
        output_root="s3://harbor-out/jobs/Harbor-Boats-01",
        output_kms_key=None,
        template_uri="s3://harbor-in/ui/boats.liquid",
        role_arn="arn:aws:iam::123456789012:role/labeling-exec",
        work_team="dock-crew",
        title="Which boat is it?",
        description="Choose the kind of the largest boat.",
        keywords=("boats", "harbor pier"),
        workers_per_object=3,
        task_time_limit=600,
        task_availability=86400,
        max_concurrent=50,
        stop_conditions={"max_human_labeled_objects": 900, "max_percentage_labeled": 90},
        team_record=str(TeamPaths(context.jobs_bucket, "dock-crew").record("ImageMultiClass", ("ferry", "buoy"))),
        script_sources=("https://cdn.example.com",),
        tags={"cost centre": "pier-7", "Größe": ""},
    )
    assert LabelingJob.model_validate_json(job.model_dump_json()) == job


@pytest.mark.parametrize(
    ("task_type", "by_default"),
    [
        ("BoundingBox", True),
        ("ImageMultiClass", False),
        ("ImageMultiClassMultiLabel", False),
        ("AdjustmentBoundingBox", False),
    ],
)
def test_predictions_are_shown_where_the_type_does_so_unless_the_request_says_otherwise(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes, task_type: str, by_default: bool
) -> None:
    request = custom(request_document, built_in(f"PRE-{task_type}"), built_in(f"ACS-{task_type}"))
    assert resolve(request, INPUTS, context, task_types, NOW).show_predictions is by_default
    if task_type != "AdjustmentBoundingBox":
        put(request, "Groundwork.ShowPredictions", not by_default)
        assert resolve(request, INPUTS, context, task_types, NOW).show_predictions is not by_default


def record_of(request: dict[str, Any], context: DropContext, task_types: TaskTypes) -> str | None:
    return resolve(request, INPUTS, context, task_types, NOW).team_record


def test_the_record_of_a_team_lies_apart_from_every_job() -> None:
    record = TeamPaths("jobs", "dock-crew").record("ImageMultiClass", ("ferry", "buoy"))
    assert re.fullmatch(r"s3://jobs/\.groundwork/work-teams/dock-crew/ImageMultiClass/[0-9a-f]{32}\.json", str(record))


def test_the_same_labels_in_another_order_have_the_same_record() -> None:
    paths = TeamPaths("jobs", "dock-crew")
    one, other = (paths.record("ImageMultiClass", labels) for labels in (("ferry", "buoy"), ("buoy", "ferry")))
    assert one == other
    assert paths.record("ImageMultiClass", ("ferry", "buoy", "crane")) != one
    assert paths.record("TextMultiClass", ("ferry", "buoy")) != one


@pytest.mark.parametrize("setting", [True, False])
@pytest.mark.parametrize("asked", [None, True, False])
def test_a_job_keeps_worker_quality_unless_it_or_else_the_deployment_says_no(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes, asked: bool | None, *, setting: bool
) -> None:
    if asked is not None:
        put(request_document, "Groundwork.KeepWorkerQuality", asked)
    found = record_of(request_document, replace(context, keep_worker_quality=setting), task_types)
    assert (found is not None) == (setting if asked is None else asked)


def test_nothing_but_true_and_false_is_an_answer(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "Groundwork.KeepWorkerQuality", "no")
    with pytest.raises(ProblemsError, match="true or false"):
        record_of(request_document, context, task_types)


def test_optional_members_take_ground_truths_defaults(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    for member in ("TaskAvailabilityLifetimeInSeconds", "MaxConcurrentTaskCount", "TaskKeywords"):
        without(request_document, f"{TASK}.{member}")
    without(request_document, "StoppingConditions")
    job = resolve(request_document, INPUTS, context, task_types, NOW)
    assert (job.task_availability, job.max_concurrent, job.keywords) == (2_592_000, 1000, ())
    assert job.stop_conditions.max_human_labeled_objects is None


def test_every_problem_is_told_at_once(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    put(request_document, "LabelAttributeName", "boats-ref")
    without(request_document, "RoleArn")
    put(request_document, f"{TASK}.TaskTitle", "")
    put(request_document, f"{TASK}.Extra", 1)
    put(request_document, "OutputConfig.S3OutputPath", "s3://elsewhere/out")
    known = Problem(path="InputConfig.DataSource.S3DataSource.ManifestS3Uri", message="gone", expected="there")
    inputs = Inputs(manifest=None, label_file=b'{"labels": [{"label": "ferry"}]}', problems=(known,))
    assert set(problems(request_document, context, task_types, inputs)) == {
        "LabelAttributeName",
        "RoleArn",
        f"{TASK}.TaskTitle",
        f"{TASK}.Extra",
        "OutputConfig.S3OutputPath",
        known.path,
        "s3://harbor-in/cfg/boats.json",
    }


def test_a_member_that_a_problem_names_already_is_not_called_missing_too(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    path = "InputConfig.DataSource.S3DataSource.ManifestS3Uri"
    without(request_document, path)
    several = Problem(path=path, message="several manifests", expected="one")
    inputs = Inputs(manifest=None, label_file=LABELS, problems=(several,))
    with pytest.raises(ProblemsError) as refused:
        resolve(request_document, inputs, context, task_types, NOW)
    assert refused.value.problems == (several,)


def test_members_that_are_missing_around_a_known_problem_are_not_told_as_well(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    member = "InputConfig.DataSource.S3DataSource.ManifestS3Uri"
    several = Problem(path=member, message="several manifests", expected="one")
    del request_document["InputConfig"]
    with pytest.raises(ProblemsError) as refused:
        resolve(request_document, Inputs(manifest=None, problems=(several,)), context, task_types, NOW)
    assert refused.value.problems == (several,)


@pytest.mark.parametrize("request_document", [{}, {"HumanTaskConfig": []}, {"InputConfig": {"DataSource": 3}}])
def test_a_request_that_is_wrong_all_over_is_told_so_without_a_crash(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    found = problems(request_document, context, task_types, Inputs(manifest=None))
    assert {"LabelingJobName", "HumanTaskConfig", "InputConfig"} <= {path.partition(".")[0] for path in found}


def test_the_files_to_read_are_those_that_may_be_read(request_document: dict[str, Any], context: DropContext) -> None:
    addresses = input_addresses(request_document, context)
    assert addresses.manifest == S3Uri("harbor-in", "m/day1.manifest")
    assert addresses.label_file == S3Uri("harbor-in", "cfg/boats.json")
    assert addresses.template == S3Uri("harbor-in", "ui/boats.liquid")
    put(request_document, "LabelCategoryConfigS3Uri", "s3://elsewhere/labels.json")
    put(request_document, f"{TASK}.UiConfig.UiTemplateS3Uri", 12)
    put(request_document, "InputConfig.DataSource.S3DataSource.ManifestS3Uri", "s3://harbor-in")
    addresses = input_addresses(request_document, context)
    assert (addresses.manifest, addresses.label_file, addresses.template) == (None, None, None)


def test_a_file_that_does_not_exist_is_named_by_its_member(request_document: dict[str, Any]) -> None:
    problem = not_found(request_document, S3Uri("harbor-in", "cfg/boats.json"))
    assert problem.path == "LabelCategoryConfigS3Uri"
    assert "s3://harbor-in/cfg/boats.json" in problem.message


def test_error_json_lists_the_problems_with_time_in_utc() -> None:
    problem = Problem(path="s3://harbor-in/m/day1.manifest", message="not JSON", expected="an object", line=3)
    other = Problem(path="RoleArn", message="missing", expected="a role ARN")
    moment = datetime(2026, 3, 2, 10, 15, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))
    assert error_document("boats", [problem, other], moment) == {
        "labelingJobName": "boats",
        "problems": [
            {"path": "s3://harbor-in/m/day1.manifest", "message": "not JSON", "expected": "an object", "line": 3},
            {"path": "RoleArn", "message": "missing", "expected": "a role ARN"},
        ],
        "time": "2026-03-02T09:15:00.250Z",
    }

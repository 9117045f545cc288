from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from groundwork.job.defaults import complete
from groundwork.job.drop_context import DropContext, DropFiles, TaskTypes
from groundwork.job.labeling_job import ManifestVersion
from groundwork.job.parse_request import parse_request
from groundwork.job.resolve import Inputs, resolve

MINIMAL = {"Groundwork": {"TaskType": "ImageMultiClass"}}


def test_a_minimal_drop_becomes_a_complete_request(
    files: DropFiles, context: DropContext, task_types: TaskTypes
) -> None:
    assert complete(MINIMAL, files, context, task_types) == {
        "LabelingJobName": "pier-boats",
        "LabelAttributeName": "pier-boats",
        "InputConfig": {
            "DataSource": {"S3DataSource": {"ManifestS3Uri": "s3://groundwork-jobs/pier-boats/day1.manifest"}}
        },
        "OutputConfig": {"S3OutputPath": "s3://groundwork-jobs/pier-boats/output/"},
        "RoleArn": "arn:aws:iam::123456789012:role/groundwork-recorded",
        "LabelCategoryConfigS3Uri": "s3://groundwork-jobs/pier-boats/labels.json",
        "HumanTaskConfig": {
            "WorkteamArn": "arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/dock-crew",
            "UiConfig": {},
            "PreHumanTaskLambdaArn": "arn:aws:lambda:eu-west-1:123456789012:function:PRE-ImageMultiClass",
            "AnnotationConsolidationConfig": {
                "AnnotationConsolidationLambdaArn": "arn:aws:lambda:eu-west-1:123456789012:function:ACS-ImageMultiClass"
            },
            "TaskTitle": "Image classification (single label)",
            "TaskDescription": "Image classification (single label), labeling job pier-boats",
            "NumberOfHumanWorkersPerDataObject": 3,
            "TaskTimeLimitInSeconds": 300,
            "TaskAvailabilityLifetimeInSeconds": 2_592_000,
            "MaxConcurrentTaskCount": 1000,
        },
        "Groundwork": {"TaskType": "ImageMultiClass"},
    }


def test_a_minimal_drop_can_be_resolved(files: DropFiles, context: DropContext, task_types: TaskTypes) -> None:
    request = complete(MINIMAL, files, context, task_types)
    manifest = ManifestVersion(uri="s3://groundwork-jobs/pier-boats/day1.manifest", etag="e1")
    inputs = Inputs(manifest=manifest, label_file=b'{"labels": [{"label": "ferry"}, {"label": "buoy"}]}')
    job = resolve(request, inputs, context, task_types, datetime(2026, 3, 2, tzinfo=UTC))
    assert job.output_root == "s3://groundwork-jobs/pier-boats/output/pier-boats"
    assert job.template_uri is None
    assert job.work_team == "dock-crew"


def test_what_the_drop_says_stays_as_it_is(
    request_document: dict[str, Any], context: DropContext, task_types: TaskTypes
) -> None:
    files = DropFiles(name="Harbor-Boats-01", manifest_uri="s3://x/y", label_file_uri="s3://x/labels.json")
    before = copy.deepcopy(request_document)
    assert complete(request_document, files, context, task_types) == before
    assert request_document == before


def test_the_drop_itself_is_not_changed(files: DropFiles, context: DropContext, task_types: TaskTypes) -> None:
    drop: dict[str, Any] = {"Groundwork": {"TaskType": "ImageMultiClass"}, "HumanTaskConfig": {"TaskTitle": "Boats"}}
    task = complete(drop, files, context, task_types)["HumanTaskConfig"]
    assert (task["TaskTitle"], task["MaxConcurrentTaskCount"]) == ("Boats", 1000)
    assert drop == {"Groundwork": {"TaskType": "ImageMultiClass"}, "HumanTaskConfig": {"TaskTitle": "Boats"}}


def test_a_function_the_drop_names_stays_beside_the_task_type(
    files: DropFiles, context: DropContext, task_types: TaskTypes
) -> None:
    own = context.customer_functions[0]
    drop = {"Groundwork": {"TaskType": "PassThrough"}, "HumanTaskConfig": {"PreHumanTaskLambdaArn": own}}
    task = complete(drop, files, context, task_types)["HumanTaskConfig"]
    assert task["PreHumanTaskLambdaArn"] == own
    assert task["AnnotationConsolidationConfig"]["AnnotationConsolidationLambdaArn"].endswith(":ACS-PassThrough")


def test_mistakes_of_the_drop_are_left_for_the_rules(
    files: DropFiles, context: DropContext, task_types: TaskTypes
) -> None:
    drop = {"HumanTaskConfig": "fast", "OutputConfig": {"S3OutputPath": 7}, "Groundwork": []}
    request = complete(drop, files, context, task_types)
    assert request["HumanTaskConfig"] == "fast"
    assert request["OutputConfig"] == {"S3OutputPath": 7}
    assert request["Groundwork"] == []


def test_the_name_takes_the_spelling_of_the_folder(
    files: DropFiles, context: DropContext, task_types: TaskTypes
) -> None:
    request = complete({"LabelingJobName": "Pier-BOATS"}, files, context, task_types)
    assert request["LabelingJobName"] == "pier-boats"


def test_functions_select_the_defaults_of_their_task_type(
    files: DropFiles, context: DropContext, more_task_types: TaskTypes
) -> None:
    arn = "arn:aws:lambda:us-east-1:432418664414:function:{}-SemanticSegmentation".format
    task = {
        "PreHumanTaskLambdaArn": arn("PRE"),
        "AnnotationConsolidationConfig": {"AnnotationConsolidationLambdaArn": arn("ACS")},
    }
    request = complete({"HumanTaskConfig": task}, files, context, more_task_types)
    assert request["LabelAttributeName"] == "pier-boats-ref"
    assert request["HumanTaskConfig"]["PreHumanTaskLambdaArn"] == arn("PRE")


def test_a_custom_job_gets_no_functions(files: DropFiles, context: DropContext, task_types: TaskTypes) -> None:
    for drop in ({}, {"Groundwork": {"TaskType": "Custom"}}):
        task = complete(drop, files, context, task_types)["HumanTaskConfig"]
        assert "PreHumanTaskLambdaArn" not in task
        assert "AnnotationConsolidationConfig" not in task
        assert task["TaskTimeLimitInSeconds"] == 3600


def test_an_unavailable_task_type_still_gets_every_other_default(
    files: DropFiles, context: DropContext, task_types: TaskTypes
) -> None:
    parse_request(complete({"Groundwork": {"TaskType": "BoundingBox"}}, files, context, task_types))


@pytest.mark.parametrize("member", ["LabelCategoryConfigS3Uri", "InputConfig"])
def test_what_nobody_knows_is_left_out(
    files: DropFiles, context: DropContext, task_types: TaskTypes, member: str
) -> None:
    bare = DropFiles(name=files.name)
    request = complete(MINIMAL, bare, replace(context, default_work_team=None), task_types)
    assert member not in request
    assert "WorkteamArn" not in request["HumanTaskConfig"]

"""A deployment, a full request and a minimal drop."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from groundwork.job.drop_context import DropContext, DropFiles, TaskTypes
from groundwork.task_types import registry
from groundwork.task_types.task_type import LabelCount, TaskType

OWN_PRE = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-pre"
OWN_POST = "arn:aws:lambda:eu-west-1:123456789012:function:harbor-post"

REQUEST: dict[str, Any] = {
    "LabelingJobName": "Harbor-Boats-01",
    "LabelAttributeName": "boats",
    "InputConfig": {
        "DataSource": {"S3DataSource": {"ManifestS3Uri": "s3://harbor-in/m/day1.manifest"}},
        "DataAttributes": {"ContentClassifiers": ["FreeOfAdultContent"]},
    },
    "OutputConfig": {"S3OutputPath": "s3://harbor-out/jobs/", "KmsKeyId": ""},
    "RoleArn": "arn:aws:iam::123456789012:role/labeling-exec",
    "LabelCategoryConfigS3Uri": "s3://harbor-in/cfg/boats.json",
    "StoppingConditions": {"MaxHumanLabeledObjectCount": 900, "MaxPercentageOfInputDatasetLabeled": 90},
    "HumanTaskConfig": {
        "WorkteamArn": "arn:aws:sagemaker:us-west-2:999999999999:workteam/private-crowd/dock-crew",
        "UiConfig": {"UiTemplateS3Uri": "s3://harbor-in/ui/boats.liquid"},
        "PreHumanTaskLambdaArn": "arn:aws:lambda:eu-west-1:568282634449:function:PRE-ImageMultiClass",
        "AnnotationConsolidationConfig": {
            "AnnotationConsolidationLambdaArn": "arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass"
        },
        "TaskKeywords": ["boats", "harbor pier"],
        "TaskTitle": "Which boat is it?",
        "TaskDescription": "Choose the kind of the largest boat.",
        "NumberOfHumanWorkersPerDataObject": 3,
        "TaskTimeLimitInSeconds": 600,
        "TaskAvailabilityLifetimeInSeconds": 86400,
        "MaxConcurrentTaskCount": 50,
    },
    "Tags": [{"Key": "cost centre", "Value": "pier-7"}, {"Key": "Größe", "Value": ""}],
    "Groundwork": {"ScriptSources": ["https://cdn.example.com"]},
}


class FakeTaskTypes:
    """The registry's types and one of each kind that is not there yet."""

    def __init__(self) -> None:
        image = registry.get("ImageMultiClass")
        self.CUSTOM = registry.CUSTOM
        self._types = {name: registry.get(name) for name in registry.names()} | {
            "SemanticSegmentation": replace(
                image, name="SemanticSegmentation", reference_suffix="required", label_count=LabelCount(1, 3)
            ),
            "NamedEntityRecognition": replace(
                image, name="NamedEntityRecognition", human_task_ui="NamedEntityRecognition"
            ),
        }

    def find(self, suffix: str) -> TaskType | None:
        return None if suffix == "Custom" else self._types.get(suffix)

    def names(self) -> tuple[str, ...]:
        return tuple(self._types)


@pytest.fixture
def task_types() -> TaskTypes:
    return registry


@pytest.fixture
def more_task_types() -> TaskTypes:
    return FakeTaskTypes()


@pytest.fixture
def request_document() -> dict[str, Any]:
    return copy.deepcopy(REQUEST)


@pytest.fixture
def context() -> DropContext:
    return DropContext(
        jobs_bucket="groundwork-jobs",
        account="123456789012",
        region="eu-west-1",
        role_arn="arn:aws:iam::123456789012:role/groundwork-recorded",
        default_work_team="dock-crew",
        data_buckets=("harbor-in",),
        output_buckets=("harbor-out",),
        customer_functions=(OWN_PRE, OWN_POST),
        kms_keys=("arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",),
    )


@pytest.fixture
def files() -> DropFiles:
    return DropFiles(
        name="pier-boats",
        manifest_uri="s3://groundwork-jobs/pier-boats/day1.manifest",
        label_file_uri="s3://groundwork-jobs/pier-boats/labels.json",
    )

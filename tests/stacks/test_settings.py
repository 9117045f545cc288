"""Deployment settings: read from the context, refused with a clear word."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.aws_logs import RetentionDays
from groundwork.job import feature_extractor

from stacks import settings
from stacks.settings import RETENTION_DAYS, Settings, SettingsError
from tests.stacks.conftest import CONTEXT


def read(given: Any = None, **command_line: str) -> Settings:
    return Settings.read(App(context={"groundwork": given or {}, **command_line}))


def test_the_shipped_settings_are_the_defaults() -> None:
    assert read(CONTEXT["groundwork"]) == Settings()


@pytest.mark.parametrize(("text", "keeps"), [("true", True), ("false", False)])
def test_a_choice_on_the_command_line_is_true_or_false(text: str, *, keeps: bool) -> None:
    assert read(keepWorkerQuality=text).keep_worker_quality is keeps


def test_a_value_on_the_command_line_goes_before_the_file() -> None:
    read_settings = read({"bundlingTarget": "aws", "mapConcurrency": 3}, bundlingTarget="local", mapConcurrency="12")
    assert (read_settings.bundling_target, read_settings.map_concurrency) == ("local", 12)


@pytest.mark.parametrize("text", ['["street-scenes", "texts"]', "street-scenes, texts", "street-scenes,texts,"])
def test_a_list_on_the_command_line_is_json_or_separated_by_commas(text: str) -> None:
    assert read(dataBuckets=text).data_buckets == ("street-scenes", "texts")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"dataBuckets": ["s3://street-scenes"]}, "dataBuckets.0: .*not a bucket name"),
        ({"customerFunctions": ["crop-images"]}, "customerFunctions.0: .*not the ARN of a Lambda function"),
        ({"kmsKeys": ["arn:aws:kms:eu-central-1:123456789012:alias/labels"]}, "kmsKeys.0: .*an alias is not one"),
        ({"defaultWorkTeam": "radiologists"}, "'radiologists' is not among workTeams"),
        ({"logRetentionDays": 100}, "logRetentionDays: .*100 is no period of CloudWatch Logs"),
        ({"deploymentName": "My Labels"}, "deploymentName: .*lower-case"),
        ({"portalUrl": "https://labels.example.com/portal"}, "portalUrl: .*without a path"),
        ({"databuckets": []}, "databuckets: Extra inputs are not permitted"),
        ({"featureExtractors": ["s3://models/net.pt"]}, "featureExtractors.0: .*not s3://bucket/key.onnx"),
        ({"featureExtractors": ["s3://models/*.onnx"]}, "featureExtractors.0: .*without \\*"),
        ({"bedrockModels": ["amazon.nova-pro-v1:0"]}, "bedrockModels.0: .*not one of amazon.titan-embed-image-v1"),
        (
            {"featureExtractors": ["bedrock:amazon.titan-embed-image-v1"]},
            "'amazon.titan-embed-image-v1', which is not among bedrockModels",
        ),
        ({"bundlingTarget": "docker"}, "bundlingTarget: .*'aws' or 'local'"),
    ],
)
def test_a_bad_setting_is_refused_with_its_name(given: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read(given)


def test_all_bad_settings_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read({"dataBuckets": ["A"], "mapConcurrency": 0})
    assert "dataBuckets.0" in str(caught.value)
    assert "mapConcurrency" in str(caught.value)


def test_the_deployment_can_list_every_model_that_can_be_asked_and_no_other() -> None:
    assert set(settings.BEDROCK_MODELS) == set(feature_extractor.BEDROCK_MODELS)


def test_the_settings_must_be_an_object() -> None:
    with pytest.raises(SettingsError, match="must be an object"):
        read("groundwork")


def test_the_periods_of_cloudwatch_logs_are_in_the_cdks_order() -> None:
    names = [period.name for period in RetentionDays][: len(RETENTION_DAYS)]
    assert dict(zip(RETENTION_DAYS, names, strict=True))[731] == "TWO_YEARS"
    assert names[-1] == "TEN_YEARS"

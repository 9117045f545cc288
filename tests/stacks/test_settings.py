"""Deployment settings: read from the context, refused with a clear word."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.aws_logs import RetentionDays

from stacks.settings import RETENTION_DAYS, Settings, SettingsError
from tests.stacks.conftest import CONTEXT


def read(settings: Any = None, **command_line: str) -> Settings:
    return Settings.read(App(context={"groundwork": settings or {}, **command_line}))


def test_the_shipped_settings_are_the_defaults() -> None:
    assert read(CONTEXT["groundwork"]) == Settings()


@pytest.mark.parametrize(("text", "keeps"), [("true", True), ("false", False)])
def test_a_choice_on_the_command_line_is_true_or_false(text: str, *, keeps: bool) -> None:
    assert read(keepWorkerQuality=text).keep_worker_quality is keeps


def test_a_value_on_the_command_line_goes_before_the_file() -> None:
    settings = read({"bundlingTarget": "aws", "mapConcurrency": 3}, bundlingTarget="local", mapConcurrency="12")
    assert (settings.bundling_target, settings.map_concurrency) == ("local", 12)


@pytest.mark.parametrize("text", ['["street-scenes", "texts"]', "street-scenes, texts", "street-scenes,texts,"])
def test_a_list_on_the_command_line_is_json_or_separated_by_commas(text: str) -> None:
    assert read(dataBuckets=text).data_buckets == ("street-scenes", "texts")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dataBuckets": ["s3://street-scenes"]}, "dataBuckets.0: .*not a bucket name"),
        ({"customerFunctions": ["crop-images"]}, "customerFunctions.0: .*not the ARN of a Lambda function"),
        ({"kmsKeys": ["arn:aws:kms:eu-central-1:123456789012:alias/labels"]}, "kmsKeys.0: .*an alias is not one"),
        ({"defaultWorkTeam": "radiologists"}, "'radiologists' is not among workTeams"),
        ({"logRetentionDays": 100}, "logRetentionDays: .*100 is no period of CloudWatch Logs"),
        ({"deploymentName": "My Labels"}, "deploymentName: .*lower-case"),
        ({"portalUrl": "https://labels.example.com/portal"}, "portalUrl: .*without a path"),
        ({"databuckets": []}, "databuckets: Extra inputs are not permitted"),
        ({"bundlingTarget": "docker"}, "bundlingTarget: .*'aws' or 'local'"),
    ],
)
def test_a_bad_setting_is_refused_with_its_name(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read(settings)


def test_all_bad_settings_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read({"dataBuckets": ["A"], "mapConcurrency": 0})
    assert "dataBuckets.0" in str(caught.value)
    assert "mapConcurrency" in str(caught.value)


def test_the_settings_must_be_an_object() -> None:
    with pytest.raises(SettingsError, match="must be an object"):
        read("groundwork")


def test_the_periods_of_cloudwatch_logs_are_in_the_cdks_order() -> None:
    names = [period.name for period in RetentionDays][: len(RETENTION_DAYS)]
    assert dict(zip(RETENTION_DAYS, names, strict=True))[731] == "TWO_YEARS"
    assert names[-1] == "TEN_YEARS"

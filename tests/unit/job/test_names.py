from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from groundwork.job import names

HERE = {"partition": "aws", "region": "eu-west-1", "account": "123456789012"}


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        ("arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass", ("PRE", "ImageMultiClass")),
        ("arn:aws-cn:lambda:cn-north-1:000000000001:function:ACS-3DPointCloudObjectTracking",
         ("ACS", "3DPointCloudObjectTracking")),
        ("arn:aws:lambda:us-east-1:432418664414:function:pre-ImageMultiClass", None),
        ("arn:aws:lambda:us-east-1:432418664414:function:my-PRE-ImageMultiClass", None),
        ("arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass:1", None),
        ("PRE-ImageMultiClass", None),
    ],
)  # fmt: skip
def test_a_built_in_function_is_known_by_its_suffix_in_any_region(arn: str, expected: tuple[str, str] | None) -> None:
    assert names.built_in_function(arn) == expected


@pytest.mark.parametrize("suffix", names.GROUND_TRUTH_NAMES)
def test_the_arn_of_a_built_in_function_reads_back(suffix: str) -> None:
    assert names.built_in_function(names.function_arn("ACS", suffix, **HERE)) == ("ACS", suffix)


def test_there_are_23_built_in_suffixes() -> None:
    assert len(set(names.GROUND_TRUTH_NAMES)) == 23


def test_a_work_team_is_the_last_part_of_its_arn() -> None:
    arn = "arn:aws:sagemaker:us-west-2:999999999999:workteam/private-crowd/dock-crew"
    assert names.work_team_name(arn) == "dock-crew"
    assert names.work_team_name(names.work_team_arn("dock-crew", **HERE)) == "dock-crew"
    assert not names.is_public_work_team(arn)
    assert names.is_public_work_team("arn:aws:sagemaker:us-west-2:394669845002:workteam/public-crowd/default")


def test_a_job_arn_has_the_name_in_lower_case() -> None:
    expected = "arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/harbor-boats-01"
    assert names.job_arn("Harbor-Boats-01", **HERE) == expected


def test_a_reference_code_is_the_account_and_16_alphanumerics_of_one_start_of_one_job() -> None:
    arn = names.job_arn("boats", **HERE)
    moment = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    code = names.reference_code(arn, "123456789012", moment)
    assert re.fullmatch(r"123456789012[0-9a-z]{16}", code)
    assert code == names.reference_code(arn, "123456789012", moment)
    assert code != names.reference_code(arn, "123456789012", moment.replace(minute=16))
    assert code != names.reference_code(arn + "-2", "123456789012", moment)


def test_a_worker_id_is_stable_and_differs_between_people_and_pools() -> None:
    sub = "4c1e0a52-7a7b-4f3e-9f5f-0e9a5d9f2b11"
    worker = names.worker_id("eu-west-1", "eu-west-1_AbCdEf", sub)
    assert re.fullmatch(r"private\.eu-west-1\.[0-9a-f]{16}", worker)
    assert worker == names.worker_id("eu-west-1", "eu-west-1_AbCdEf", sub)
    assert worker != names.worker_id("eu-west-1", "eu-west-1_Other", sub)
    assert worker != names.worker_id("eu-west-1", "eu-west-1_AbCdEf", sub[::-1])


@pytest.mark.parametrize(
    ("name", "legal"),
    [("a", True), ("a" * 63, True), ("a" * 64, False), ("a-", False), ("a b", False), ("", False), ("a\n", False)],
)
def test_job_names_follow_ground_truths_pattern(name: str, legal: bool) -> None:
    assert names.is_job_name(name) is legal

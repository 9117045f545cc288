import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from local.deployment import Deployment
from local.drop import drop, next_job_name, refusal

BUCKET = "harbor-jobs"


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE", "AWS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield Deployment("groundwork", {"JobsBucket": BUCKET})
    boto3.DEFAULT_SESSION = None


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (tmp_path / "job.json").write_text('{"Groundwork": {"TaskType": "ImageMultiClass"}}')
    (tmp_path / "labels.json").write_text('{"labels": [{"label": "ferry"}, {"label": "buoy"}]}')
    (tmp_path / "old.manifest").write_text("{}\n")
    return tmp_path


def put(key: str, content: str = "") -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content.encode())


def keys() -> list[str]:
    return [found["Key"] for found in boto3.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]]


def read(key: str) -> str:
    return boto3.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()


def test_the_first_job_is_number_one(deployment: Deployment) -> None:
    assert next_job_name(deployment, "pier") == "pier-1"


def test_a_name_follows_the_highest_number_and_ignores_other_folders(deployment: Deployment) -> None:
    for folder in ("pier-2", "pier-10", "pier-boats", "pier-10-old"):
        put(f"{folder}/job.json")

    assert next_job_name(deployment, "pier") == "pier-11"


def test_a_drop_holds_the_example_and_its_own_manifest(deployment: Deployment, example: Path) -> None:
    lines = [{"source-ref": f"s3://{BUCKET}/pier-1/images/öl.png"}]

    drop(deployment, "pier-1", example, lines, {"NumberOfHumanWorkersPerDataObject": 1})

    assert keys() == ["pier-1/input.manifest", "pier-1/job.json", "pier-1/labels.json"]
    assert [json.loads(line) for line in read("pier-1/input.manifest").splitlines()] == lines
    assert json.loads(read("pier-1/job.json")) == {
        "Groundwork": {"TaskType": "ImageMultiClass"},
        "HumanTaskConfig": {"NumberOfHumanWorkersPerDataObject": 1},
    }


def test_a_refused_drop_tells_its_problems(deployment: Deployment) -> None:
    assert refusal(deployment, "pier-1") is None

    put("pier-1/error.json", '{"problems": []}')

    assert refusal(deployment, "pier-1") == '{"problems": []}'

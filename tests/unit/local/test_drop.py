import json
from pathlib import Path

import boto3
import pytest

from local.deployment import Deployment
from local.drop import drop, drop_folder, drop_order, next_job_name, refusal
from tests.unit.local.conftest import BUCKET


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


def test_a_folder_is_dropped_as_it_is_with_what_lies_deeper(deployment: Deployment, example: Path) -> None:
    (example / "images").mkdir()
    (example / "images" / "1.png").write_bytes(b"png")
    (example / ".hidden").write_text("")

    drop_folder(deployment, "pier", example)

    assert keys() == ["pier/images/1.png", "pier/job.json", "pier/labels.json", "pier/old.manifest"]
    assert boto3.client("s3").head_object(Bucket=BUCKET, Key="pier/images/1.png")["ContentType"] == "image/png"


def test_the_request_and_the_manifest_come_after_what_they_need(example: Path) -> None:
    (example / "template.liquid.html").write_text("<crowd-form></crowd-form>")
    (example / "images").mkdir()
    (example / "images" / "other.manifest").write_text("")

    needed, starts = drop_order(example)

    assert {file.name for file in needed} == {"labels.json", "template.liquid.html", "other.manifest"}
    assert [file.name for file in starts] == ["job.json", "old.manifest"]


def test_a_folder_dropped_again_leaves_no_refusal_of_before(deployment: Deployment, example: Path) -> None:
    put("pier/error.json", "{}")

    drop_folder(deployment, "pier", example)

    assert refusal(deployment, "pier") is None


def test_a_folder_without_a_request_is_not_dropped(deployment: Deployment, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"has no job\.json"):
        drop_folder(deployment, "pier", tmp_path)

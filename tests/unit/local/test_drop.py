import json
import re
from pathlib import Path

import boto3
import pytest

from local.deployment import Deployment
from local.drop import drop, drop_folder, drop_order, next_job_name, refusal
from local.settings import ROOT
from tests.unit.local.conftest import BUCKET

EXAMPLES = ROOT / "examples"


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

    drop(deployment, "pier-1", example, lines, {"HumanTaskConfig": {"NumberOfHumanWorkersPerDataObject": 1}})

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
    assert [file.name for file in starts] == ["old.manifest", "job.json"]


def test_a_folder_dropped_again_leaves_no_refusal_of_before(deployment: Deployment, example: Path) -> None:
    put("pier/error.json", "{}")

    drop_folder(deployment, "pier", example)

    assert refusal(deployment, "pier") is None


def test_a_folder_without_a_request_is_not_dropped(deployment: Deployment, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"has no job\.json"):
        drop_folder(deployment, "pier", tmp_path)


def test_a_folder_without_a_manifest_is_not_dropped_unless_its_request_names_one(
    deployment: Deployment, example: Path
) -> None:
    (example / "old.manifest").unlink()
    with pytest.raises(SystemExit, match="has no manifest"):
        drop_folder(deployment, "pier", example)
    assert "Contents" not in boto3.client("s3").list_objects_v2(Bucket=BUCKET)

    source = {"S3DataSource": {"ManifestS3Uri": f"s3://{BUCKET}/elsewhere.manifest"}}
    (example / "job.json").write_text(json.dumps({"InputConfig": {"DataSource": source}}))
    drop_folder(deployment, "pier", example)
    assert keys() == ["pier/job.json", "pier/labels.json"]


@pytest.fixture
def boats(tmp_path: Path) -> Path:
    """A folder of images, and beside it a folder whose manifest names them."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "ferry.jpg").write_bytes(b"jpg")
    folder = tmp_path / "boats"
    (folder / "inside").mkdir(parents=True)
    (folder / "inside" / "buoy é.png").write_bytes(b"png")
    (folder / "job.json").write_text('{"UiTemplateS3Uri": "s3://<jobs bucket>/<job name>/page.html"}')
    (folder / "boats.manifest").write_text(
        '{"source-ref": "s3://<jobs bucket>/photos/ferry.jpg", "x-ref": "s3://<jobs bucket>/inside/buoy \\u00e9.png"}\n'
        '{"source-ref": "s3://<jobs bucket>/<job name>/inside/1.png", "note": "<jobs bucket> is not filled in here"}\n'
        '{"source-ref": "s3://elsewhere/1.png"}\nno JSON\n'
    )
    return folder


def test_objects_beside_or_in_the_folder_go_where_the_manifest_says(deployment: Deployment, boats: Path) -> None:
    drop_folder(deployment, "boats-1", boats)

    own = ["boats-1/boats.manifest", "boats-1/inside/buoy é.png", "boats-1/job.json"]
    assert keys() == sorted([*own, "inside/buoy é.png", "photos/ferry.jpg"])
    assert boto3.client("s3").head_object(Bucket=BUCKET, Key="photos/ferry.jpg")["ContentType"] == "image/jpeg"


def test_the_names_of_bucket_and_job_are_filled_in(deployment: Deployment, boats: Path) -> None:
    drop_folder(deployment, "boats-1", boats)

    first, second, third, fourth = read("boats-1/boats.manifest").splitlines()
    assert json.loads(first)["source-ref"] == f"s3://{BUCKET}/photos/ferry.jpg"
    assert json.loads(second) == {
        "source-ref": f"s3://{BUCKET}/boats-1/inside/1.png",
        "note": "<jobs bucket> is not filled in here",
    }
    assert (third, fourth) == ('{"source-ref": "s3://elsewhere/1.png"}', "no JSON")
    assert json.loads(read("boats-1/job.json")) == {"UiTemplateS3Uri": f"s3://{BUCKET}/boats-1/page.html"}


def test_functions_get_the_region_and_the_account(deployment: Deployment, boats: Path) -> None:
    (boats / "job.json").write_text('{"PreHumanTaskLambdaArn": "arn:aws:lambda:<region>:<account>:function:pre"}')

    drop_folder(deployment, "boats-1", boats)

    assert json.loads(read("boats-1/job.json")) == {
        "PreHumanTaskLambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:pre"
    }


def test_objects_that_are_nowhere_are_listed_and_nothing_is_dropped(deployment: Deployment, boats: Path) -> None:
    names = [f"photos/lost-{number}.jpg" for number in range(7)]
    lines = [json.dumps({"source-ref": f"s3://<jobs bucket>/{name}"}) for name in names]
    (boats / "boats.manifest").write_text("\n".join(lines))

    with pytest.raises(SystemExit, match=r"(?s)neither beside.*lost-0\.jpg.*lost-4\.jpg\n  and 2 more"):
        drop_folder(deployment, "boats-1", boats)
    assert "Contents" not in boto3.client("s3").list_objects_v2(Bucket=BUCKET)

    for name in names:
        put(name)
    drop_folder(deployment, "boats-1", boats)
    assert "boats-1/job.json" in keys()


@pytest.mark.parametrize("key", ["../secret.txt", "photos/../../secret.txt", "{root}/secret.txt"])
def test_a_manifest_can_not_reach_for_other_files(deployment: Deployment, boats: Path, key: str) -> None:
    (boats / "secret.txt").write_text("secret")
    (boats.parent.parent / "secret.txt").write_text("secret")
    line = {"source-ref": f"s3://<jobs bucket>/{key.format(root=boats)}"}
    (boats / "boats.manifest").write_text(json.dumps(line))

    with pytest.raises(SystemExit, match=r"secret\.txt"):
        drop_folder(deployment, "boats-1", boats)


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in EXAMPLES.glob("*/job.json")), ids=lambda folder: folder.name
)
def test_every_example_can_be_dropped_as_it_is(deployment: Deployment, folder: Path) -> None:
    drop_folder(deployment, "boats-1", folder)

    (manifest,) = (key for key in keys() if key.startswith("boats-1/") and key.endswith((".manifest", ".jsonl")))
    assert "<jobs bucket>" not in read(manifest) + read("boats-1/job.json")
    named = re.findall(rf"s3://{BUCKET}/([^\"]+)", read(manifest))
    assert set(named) <= set(keys())

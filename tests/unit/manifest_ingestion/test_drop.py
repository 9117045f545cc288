from __future__ import annotations

from typing import Any

import pytest
from groundwork.job.problems import ProblemsError
from groundwork.manifest_ingestion.drop import (
    Folder,
    Ignore,
    Proceed,
    Wait,
    decide,
    job_folder,
    look_into,
    read_request,
)

BUCKET = "groundwork-jobs"
ELSEWHERE = {"InputConfig": {"DataSource": {"S3DataSource": {"ManifestS3Uri": "s3://harbor-in/m/day1.manifest"}}}}
MANIFEST_PATH = "InputConfig.DataSource.S3DataSource.ManifestS3Uri"


def folder(*files: str, name: str = "pier-boats") -> Folder:
    return look_into(name, [f"{name}/{file}" for file in files])


@pytest.mark.parametrize("file", ["job.json", "day1.manifest", "texts.jsonl", "labels.json", "tag 1+2.manifest"])
def test_files_of_a_drop_name_their_folder(file: str) -> None:
    assert job_folder(f"pier-boats/{file}") == "pier-boats"


@pytest.mark.parametrize(
    "key",
    [
        "job.json",
        "day1.manifest",
        "/job.json",
        "pier-boats/",
        "pier-boats/error.json",
        "pier-boats/stop",
        "pier-boats/boats.liquid",
        "pier-boats/day1.manifest.bak",
        "pier-boats/in/job.json",
        "pier-boats/in/day1.manifest",
        "pier-boats/manifests/output/output.manifest",
        "pier-boats/output/pier-boats/manifests/output/output.manifest",
        "pier-boats/output/pier-boats/.groundwork/labeling-job.json",
        "pier-boats//job.json",
    ],
)
def test_everything_else_is_ignored(key: str) -> None:
    assert isinstance(job_folder(key), Ignore)


def test_a_listing_is_read_one_folder_deep() -> None:
    keys = [
        "pier-boats/",
        "pier-boats/job.json",
        "pier-boats/day2.jsonl",
        "pier-boats/day1.manifest",
        "pier-boats/output/pier-boats/manifests/output/output.manifest",
        "pier-boats/old/labels.json",
        "pier-boats-2/labels.json",
    ]
    expected = Folder("pier-boats", has_request=True, manifests=("day1.manifest", "day2.jsonl"), has_label_file=False)
    assert look_into("pier-boats", keys) == expected


@pytest.mark.parametrize("files", [("day1.manifest",), ("labels.json",), ("day1.manifest", "day2.jsonl")])
def test_without_job_json_the_drop_waits_for_it(files: tuple[str, ...]) -> None:
    assert decide(folder(*files), None, BUCKET) == Wait("job.json")


def test_without_a_manifest_the_drop_waits_for_it() -> None:
    assert decide(folder("job.json", "labels.json"), {}, BUCKET) == Wait("a manifest")


def test_with_both_halves_the_job_can_be_judged() -> None:
    decision = decide(folder("job.json", "day1.manifest", "labels.json"), {"LabelingJobName": "Pier-Boats"}, BUCKET)
    assert isinstance(decision, Proceed)
    assert (decision.request_key, decision.manifest_key) == ("pier-boats/job.json", "pier-boats/day1.manifest")
    assert decision.files.manifest_uri == "s3://groundwork-jobs/pier-boats/day1.manifest"
    assert decision.files.label_file_uri == "s3://groundwork-jobs/pier-boats/labels.json"
    assert decision.problems == ()


@pytest.mark.parametrize("files", [("job.json",), ("job.json", "day1.manifest", "day2.manifest")])
def test_a_named_manifest_needs_none_beside_the_request(files: tuple[str, ...]) -> None:
    decision = decide(folder(*files), ELSEWHERE, BUCKET)
    assert isinstance(decision, Proceed)
    assert decision.manifest_key is None
    assert decision.files.manifest_uri is None
    assert decision.problems == ()


def test_a_streaming_request_goes_on_to_be_refused() -> None:
    request = {"InputConfig": {"DataSource": {"SnsDataSource": {"SnsTopicArn": "arn:aws:sns:eu-west-1:1:t"}}}}
    assert isinstance(decide(folder("job.json"), request, BUCKET), Proceed)


def test_several_manifests_of_which_none_is_named_are_listed() -> None:
    decision = decide(folder("job.json", "day2.jsonl", "day1.manifest"), {}, BUCKET)
    assert isinstance(decision, Proceed)
    (problem,) = decision.problems
    assert problem.path == MANIFEST_PATH
    assert problem.message.endswith("day1.manifest, day2.jsonl")
    assert decision.files.manifest_uri is None


@pytest.mark.parametrize("name", ["pier boats", "pier_boats", "x" * 64, "-boats"])
def test_a_folder_that_can_not_name_a_job_is_a_problem(name: str) -> None:
    decision = decide(folder("job.json", "day1.manifest", name=name), {}, BUCKET)
    assert isinstance(decision, Proceed)
    assert [problem.path for problem in decision.problems] == ["LabelingJobName"]
    assert repr(name) in decision.problems[0].message


def test_another_name_than_the_folders_is_a_problem() -> None:
    decision = decide(folder("job.json", "day1.manifest"), {"LabelingJobName": "pier-boats-2"}, BUCKET)
    assert isinstance(decision, Proceed)
    assert "'pier-boats-2' is not the name of the folder, 'pier-boats'" in decision.problems[0].message


def test_job_json_is_read_as_an_object() -> None:
    assert read_request(b'{"Groundwork": {"TaskType": "ImageMultiClass"}}') == {
        "Groundwork": {"TaskType": "ImageMultiClass"}
    }


@pytest.mark.parametrize(("content", "line"), [(b"[]", None), (b'{"a": 1,\n "b" 2}', 2), (b"", 1)])
def test_job_json_that_is_no_object_is_a_problem(content: bytes, line: int | None) -> None:
    with pytest.raises(ProblemsError) as refused:
        read_request(content)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("job.json", line)


def test_the_order_of_arrival_does_not_matter() -> None:
    request: dict[str, Any] = {}
    first = decide(look_into("a", ["a/job.json", "a/m.jsonl"]), request, BUCKET)
    second = decide(look_into("a", ["a/m.jsonl", "a/job.json"]), request, BUCKET)
    assert first == second

"""A drop that can't start its job is told why, beside its `job.json`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from groundwork.aws.object_store import ObjectStore

from tests.aws.account import IN
from tests.aws.drops import FILES, REQUEST, Drop


def test_a_refused_drop_lists_every_problem_and_starts_when_they_are_mended(drop: Drop) -> None:
    drop.put_all()
    bad = {"Groundwork": {"TaskType": "ImageMultiClass"}, "OutputConfig": {"S3OutputPath": "s3://elsewhere/x"}}
    drop.put("job.json", json.dumps({**bad, "Nonsense": 1}).encode())
    refused = drop.tell()
    assert refused.outcome == "refused"
    errors = drop.errors()
    assert {problem["path"] for problem in errors["problems"]} >= {"Nonsense"}
    assert all(problem["expected"] for problem in errors["problems"])
    assert drop.account.jobs.find("pier") is None
    drop.put("job.json")
    assert drop.tell().outcome == "started"
    assert "pier/error.json" not in drop.files()


def test_a_request_that_is_no_json_is_refused(drop: Drop) -> None:
    drop.put_all()
    drop.put("job.json", b"{")
    assert drop.tell().outcome == "refused"
    assert "job.json" in drop.errors()["problems"][0]["path"]


def test_a_named_manifest_that_does_not_exist_is_refused(drop: Drop) -> None:
    drop.put_all()
    source = {"DataSource": {"S3DataSource": {"ManifestS3Uri": f"s3://{IN}/nothing.manifest"}}}
    drop.put("job.json", json.dumps({**REQUEST, "InputConfig": source}).encode())
    assert drop.tell().outcome == "refused"
    assert any("nothing.manifest" in str(problem) for problem in drop.errors()["problems"])


class Forbidding:
    """S3, where a bucket's policy or a key's denies one thing."""

    def __init__(self, s3: Any, operation: str, key: str) -> None:
        self._s3, self._operation, self._key = s3, operation, key

    def __getattr__(self, name: str) -> Any:
        def call(**arguments: Any) -> Any:
            if name == self._operation and arguments["Key"].endswith(self._key):
                said: Any = {"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {"HTTPStatusCode": 403}}
                raise ClientError(said, name)
            return getattr(self._s3, name)(**arguments)

        return call if name == self._operation else getattr(self._s3, name)


@pytest.mark.parametrize(
    ("operation", "key", "path"),
    [
        ("head_object", "day.manifest", "InputConfig.DataSource.S3DataSource.ManifestS3Uri"),
        ("get_object", "labels.json", "LabelCategoryConfigS3Uri"),
        ("put_object", "labeling-job.json", "OutputConfig.S3OutputPath"),
    ],
)
def test_what_the_deployment_is_kept_from_is_told_to_whoever_dropped_it(
    drop: Drop, operation: str, key: str, path: str
) -> None:
    drop.put_all()
    s3: Any = Forbidding(drop.account.s3, operation, key)
    assert replace(drop.ingestion, store=ObjectStore(s3))("pier/job.json").outcome == "refused"
    (problem,) = (problem for problem in drop.errors()["problems"] if problem["path"] == path)
    assert "denied to this deployment" in problem["message"]
    assert drop.account.jobs.find("pier") is None


@pytest.mark.parametrize("folder", ["my pier (1)", "größe", "a:b*c", "x" * 80])
def test_a_folder_that_can_not_name_a_job_is_refused_and_not_logged_under_its_name(drop: Drop, folder: str) -> None:
    for name in FILES:
        drop.put(name, folder=folder)

    def no_log(name: str) -> Any:
        raise AssertionError(f"a log group can't be called {name}")

    ingestion = replace(drop.ingestion, log=no_log)
    assert ingestion(f"{folder}/job.json").outcome == "refused"
    assert drop.errors(folder)["problems"]


def test_names_that_differ_in_case_are_one_job_and_the_second_drop_is_told(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    for name in FILES:
        drop.put(name, folder="Pier")
    assert drop.tell(folder="Pier").outcome == "refused"
    (problem,) = drop.errors("Pier")["problems"]
    assert problem["path"] == "LabelingJobName"
    assert "'pier', which is InProgress" in problem["message"]
    assert "pier/error.json" not in drop.files()


def test_a_drop_under_the_name_of_a_job_that_has_ended_is_told_that_the_name_is_taken(drop: Drop) -> None:
    drop.put_all()
    dropped_at = drop.clock()
    drop.tell()
    drop.clock.forward(3_600)
    drop.account.jobs.change("pier", drop.clock(), status="Completed", tasks_created=True)
    assert drop.ingestion("pier/job.json", dropped_at).outcome == "known", "a late repetition of the first event"
    assert drop.ingestion("pier/job.json", drop.clock() + 60).outcome == "refused"
    (problem,) = drop.errors()["problems"]
    assert "which is Completed" in problem["message"]
    assert "another folder" in problem["expected"]
    assert len(drop.machine.started) == 1

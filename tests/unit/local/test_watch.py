from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import boto3
import pytest

from local.deployment import Deployment
from local.watch import GROUP, watch
from tests.unit.local.conftest import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_logs.type_defs import InputLogEventTypeDef


def put(key: str, content: str = "") -> None:
    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content.encode())


def log(*events: dict[str, str]) -> None:
    logs, group = boto3.client("logs"), f"{GROUP}/pier"
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="manifest_ingestion")
    now = int(time.time() * 1_000)
    entries: list[InputLogEventTypeDef] = [
        {"timestamp": now + place, "message": json.dumps(event)} for place, event in enumerate(events)
    ]
    logs.put_log_events(logGroupName=group, logStreamName="manifest_ingestion", logEvents=entries)


def state(status: str) -> dict[str, str]:
    return {"event-name": "LABELING_JOB_STATE", "event-log-message": status, "status": status}


def test_a_job_that_nobody_dropped_is_not_waited_for(deployment: Deployment) -> None:
    with pytest.raises(SystemExit, match="no job 'pier': nothing lies in s3://harbor-jobs/pier/"):
        watch(deployment, "pier")


def test_a_refused_drop_ends_the_watch_with_its_problems(deployment: Deployment) -> None:
    put("pier/job.json")
    put("pier/error.json", '{"problems": ["no labels"]}')
    log({"event-name": "LABELING_JOB_REFUSED", "event-log-message": "1 problems"})

    with pytest.raises(SystemExit, match="no labels"):
        watch(deployment, "pier")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["pier/job.json"], "pier has not started: no manifest lies in s3://harbor-jobs/pier/"),
        (["pier/day1.jsonl"], "pier has not started: s3://harbor-jobs/pier/job.json is missing"),
        (["pier/images/1.png"], "pier has not started: s3://harbor-jobs/pier/job.json is missing"),
        (["pier/job.json", "pier/day1.manifest"], "pier is about to start"),
    ],
)
def test_a_drop_that_has_not_started_is_waited_for(
    deployment: Deployment, capsys: pytest.CaptureFixture[str], files: list[str], told: str
) -> None:
    for file in files:
        put(file)

    class EnoughError(Exception):
        pass

    looks = iter([None, EnoughError()])

    def check() -> None:
        if (problem := next(looks)) is not None:
            raise problem

    with pytest.raises(EnoughError):
        watch(deployment, "pier", check)

    assert capsys.readouterr().out.splitlines() == [told]


def test_the_failure_of_an_earlier_drop_does_not_end_the_watch(deployment: Deployment) -> None:
    log(state("Failed"), state("InProgress"), state("Completed"))

    assert watch(deployment, "pier").status == "Completed"

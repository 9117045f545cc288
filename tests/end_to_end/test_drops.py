"""What is dropped badly, twice, or in another order."""

from __future__ import annotations

import json
from typing import Any

import boto3

from tests.end_to_end.cloud import Cloud

LABELS = json.dumps({"labels": [{"label": "calm"}, {"label": "angry"}]})
REQUEST = json.dumps({"Groundwork": {"TaskType": "TextMultiClass"}})
LINE = '{"source": "a"}\n'


def errors(cloud: Cloud, job: str) -> dict[str, Any]:
    key = f"{job}/error.json"
    cloud.wait_until(lambda: key in cloud.keys(f"{job}/"), f"{key} appears")
    document: dict[str, Any] = json.loads(cloud.get(key))
    return document


def executions(cloud: Cloud, job: str) -> list[str]:
    answer = boto3.client("stepfunctions").list_executions(stateMachineArn=cloud.deployment["StateMachineArn"])
    return [found["name"] for found in answer["executions"] if found["name"].rpartition("-")[0] == job]


def test_a_bad_request_lists_every_problem_and_starts_nothing(cloud: Cloud):
    job = cloud.job("drop-bad")
    human_task = {"NumberOfHumanWorkersPerDataObject": 12, "TaskTitle": "", "Colour": "red"}
    cloud.put(
        f"{job}/job.json", json.dumps({"HumanTaskConfig": human_task, "Groundwork": {"TaskType": "TextMultiClass"}})
    )
    cloud.put(f"{job}/in.manifest", LINE)

    problems = {problem["path"] for problem in errors(cloud, job)["problems"]}

    assert {
        "HumanTaskConfig.NumberOfHumanWorkersPerDataObject",
        "HumanTaskConfig.TaskTitle",
        "HumanTaskConfig.Colour",
    } <= problems
    assert cloud.record(job) is None
    assert executions(cloud, job) == []


def test_a_repaired_drop_starts_and_its_error_file_goes(cloud: Cloud):
    job = cloud.job("drop-repaired")
    cloud.put(f"{job}/job.json", "{not json")
    cloud.put(f"{job}/labels.json", LABELS)
    cloud.put(f"{job}/in.jsonl", LINE)
    assert "line 1" in json.dumps(errors(cloud, job)) or "column" in json.dumps(errors(cloud, job))

    cloud.put(f"{job}/job.json", REQUEST)

    cloud.wait_until(lambda: f"{job}/error.json" not in cloud.keys(f"{job}/"), "error.json is gone")
    cloud.wait_for(job, "InProgress")


def test_a_manifest_with_a_line_that_is_no_json_fails_with_the_line_number_and_can_be_dropped_again(cloud: Cloud):
    job = cloud.job("drop-lines")
    cloud.put(f"{job}/labels.json", LABELS)
    cloud.put(f"{job}/job.json", REQUEST)
    cloud.put(f"{job}/in.manifest", '{"source": "a"}\n{"source": \n{"source": "c"}\n')

    record = cloud.wait_for(job, "Failed")
    (problem,) = errors(cloud, job)["problems"]

    assert problem["line"] == 2
    assert "error.json" in record["failure_reason"]
    cloud.put(f"{job}/in.manifest", LINE * 3)
    cloud.wait_until(lambda: (cloud.record(job) or {}).get("objects") == 3, "the new manifest is read")


def test_data_in_a_bucket_that_is_not_allowed_is_refused_with_that_explanation(cloud: Cloud):
    job = cloud.job("drop-elsewhere")
    cloud.put(f"{job}/labels.json", LABELS)
    cloud.put(f"{job}/job.json", json.dumps({"Groundwork": {"TaskType": "ImageMultiClass"}}))
    cloud.put(f"{job}/in.manifest", '{"source-ref": "s3://somebody-elses/1.jpg"}\n')

    cloud.wait_for(job, "Failed")

    assert "dataBuckets" in json.dumps(errors(cloud, job))


def test_a_job_starts_once_however_often_and_in_whatever_order_its_files_arrive(cloud: Cloud):
    job = cloud.job("drop-often")
    for _ in range(3):
        cloud.put(f"{job}/in.manifest", LINE)
        cloud.put(f"{job}/labels.json", LABELS)
    for _ in range(4):
        cloud.put(f"{job}/job.json", REQUEST)

    cloud.wait_for(job, "InProgress")
    cloud.wait_until(lambda: (cloud.record(job) or {}).get("tasks_created"), "tasks are open")

    assert executions(cloud, job) == [f"{job}-1"]

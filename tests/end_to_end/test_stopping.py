"""Stop, stopping conditions, failure."""

from __future__ import annotations

import json
import time
from typing import Any

import boto3
import pytest

from tests.end_to_end.cloud import MISSING_FUNCTION, Cloud, Worker, connected
from tests.end_to_end.people import take, work

LABELS = json.dumps({"labels": [{"label": "calm"}, {"label": "angry"}]})
CALM: dict[str, Any] = {"crowd-classifier": {"label": "calm"}}
TEAM = "stoppers"


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> list[Worker]:
    with connected(deployed.settings):
        return [deployed.worker(f"stopper-{number}", TEAM) for number in range(2)]


def drop(cloud: Cloud, job: str, count: int, workers: int, **more: Any) -> None:
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    human_task = {"WorkteamArn": team, "NumberOfHumanWorkersPerDataObject": workers}
    request = {"Groundwork": {"TaskType": "TextMultiClass"}, "HumanTaskConfig": human_task, **more}
    cloud.drop(job, request, [{"source": f"text {n}"} for n in range(count)], {"labels.json": LABELS})


def events(cloud: Cloud, job: str) -> list[dict[str, Any]]:
    found = boto3.client("logs").get_log_events(
        logGroupName="/aws/sagemaker/LabelingJobs", logStreamName=job, startFromHead=True
    )
    return [json.loads(event["message"]) for event in found["events"]]


def test_a_stopped_job_publishes_what_it_has_and_lets_a_task_in_hand_be_submitted(cloud: Cloud, people: list[Worker]):
    job = cloud.job("stop-me")
    drop(cloud, job, 10, 2)
    first, second = people
    task = take(first, job)
    work([second], job, lambda *_: CALM, most=4)

    cloud.put(f"{job}/stop", b"")
    cloud.wait_until(lambda: (cloud.record(job) or {})["status"] == "Stopping", "the job is Stopping")
    assert second.client.next_task(job).reason == "stopped"
    first.client.submit(job, task, CALM, seconds=2)
    record = cloud.wait_for(job, "Stopped")

    output = cloud.output_lines(job)
    labeled = [line for line in output if job in line]
    assert len(output) == 10
    assert len(labeled) in {4, 5}
    assert all(line[f"{job}-metadata"]["answers-missing"] == 1 for line in labeled if "answers-missing" in line)
    assert [line for line in output if job not in line] == [
        {"source": line["source"]} for line in output if job not in line
    ]
    assert (record["labeled"], record["failed"], record["unlabeled"]) == (len(labeled), 0, 10 - len(labeled))
    assert record["short"] >= 3
    assert [event["status"] for event in events(cloud, job) if event["event-name"] == "LABELING_JOB_STATE"] == [
        "InProgress",
        "Stopping",
        "Stopped",
    ]
    assert f"{job}/stop" not in cloud.keys(f"{job}/")


def test_a_stopping_condition_is_not_overshot(cloud: Cloud, people: list[Worker]):
    job = cloud.job("stop-at-three")
    drop(cloud, job, 9, 1, StoppingConditions={"MaxHumanLabeledObjectCount": 3})

    done = work(people, job, lambda *_: CALM, seconds=60)
    record = cloud.wait_for(job, "Stopped")

    assert done.total() == 3
    assert (record["labeled"], record["unlabeled"]) == (3, 6)
    assert "STOPPING_CONDITION_REACHED" in {event["event-name"] for event in events(cloud, job)}


def test_a_lambda_that_can_not_be_called_fails_the_job_with_ground_truths_words(cloud: Cloud):
    job = cloud.job("fails")
    missing = f"arn:aws:lambda:us-east-1:000000000000:function:{MISSING_FUNCTION}"
    human_task = {
        "PreHumanTaskLambdaArn": missing,
        "UiConfig": {"UiTemplateS3Uri": f"s3://{cloud.bucket}/{job}/t.html"},
    }
    cloud.drop(job, {"HumanTaskConfig": human_task}, [{"source": "a"}], {"t.html": "<crowd-form></crowd-form>"})

    record = cloud.wait_for(job, "Failed", seconds=120)

    assert record["failure_reason"].startswith(f"ClientError: Exception invoking the Lambda function {missing}.")
    assert cloud.output_lines(job) == [{"source": "a"}]


def test_an_object_nobody_answers_in_its_lifetime_fails_and_the_job_goes_on_to_its_end(
    cloud: Cloud, people: list[Worker]
):
    job = cloud.job("expires")
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    human_task = {
        "WorkteamArn": team,
        "NumberOfHumanWorkersPerDataObject": 2,
        "TaskAvailabilityLifetimeInSeconds": 60,
        "TaskTimeLimitInSeconds": 30,
    }
    request = {"Groundwork": {"TaskType": "TextMultiClass"}, "HumanTaskConfig": human_task}
    cloud.drop(job, request, [{"source": f"text {n}"} for n in range(3)], {"labels.json": LABELS})
    first, second = people
    done = work([first], job, lambda *_: CALM, most=1)
    late = take(second, job)
    time.sleep(31)
    with pytest.raises(Exception, match="lease_expired"):
        second.client.submit(job, late, CALM, seconds=1)

    record = cloud.wait_for(job, "Completed", seconds=120)

    output = cloud.output_lines(job)
    assert done.total() == 1
    assert (record["labeled"], record["failed"], record["short"]) == (1, 2, 1)
    (labeled,) = [line for line in output if job in line]
    assert labeled[f"{job}-metadata"]["answers-missing"] == 1
    reasons = {line[f"{job}-metadata"]["failure-reason"] for line in output if job not in line}
    assert all(reason.startswith("ClientError: Annotation tasks expired") for reason in reasons)

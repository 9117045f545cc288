"""A model and people label a data set together, from the dropped request of Ground Truth to the output manifest."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import boto3
import pytest

from local.digits import LABELS, sample_digits
from tests.end_to_end.cloud import Cloud, Worker, connected
from tests.end_to_end.people import work

TEAM = "sorters"
DIGITS = 900
"""Two shards of the manifest, and enough for the model to be checked on."""


@pytest.fixture(scope="module")
def people(deployed: Cloud) -> list[Worker]:
    with connected(deployed.settings):
        return [deployed.worker(f"sorter-{number}", TEAM) for number in range(4)]


def request(task_type: str, algorithm: str, **more: Any) -> dict[str, Any]:
    team = f"arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/{TEAM}"
    arn = f"arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/{algorithm}"
    return {
        "Groundwork": {"TaskType": task_type},
        "LabelingJobAlgorithmsConfig": {"LabelingJobAlgorithmSpecificationArn": arn},
        "HumanTaskConfig": {
            "WorkteamArn": team,
            "NumberOfHumanWorkersPerDataObject": 1,
            "MaxConcurrentTaskCount": 200,
        },
        **more,
    }


def label_file(*labels: str) -> str:
    return json.dumps({"document-version": "2018-11-28", "labels": [{"label": label} for label in labels]})


def learned(cloud: Cloud, job: str) -> list[dict[str, Any]]:
    group = f"/aws/sagemaker/LabelingJobs/{job}"
    events = boto3.client("logs").get_log_events(
        logGroupName=group, logStreamName="active_learning", startFromHead=True
    )
    found = [json.loads(event["message"]) for event in events["events"]]
    return [event for event in found if event["event-name"] == "ROUND_DECIDED"]


def test_a_model_labels_digits_of_two_shards_as_well_as_it_promises(cloud: Cloud, people: list[Worker]):
    job = cloud.job("auto-digits")
    digits = sample_digits(DIGITS, 7)
    truth = {digit.name: digit.truth for digit in digits}
    lines = [{"source-ref": f"s3://{cloud.bucket}/{job}/images/{digit.name}"} for digit in digits]
    files = {f"images/{digit.name}": digit.png for digit in digits} | {"labels.json": label_file(*LABELS)}
    cloud.drop(job, request("ImageMultiClass", "image-classification"), lines, files)

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        return {"crowd-image-classifier": {"label": truth[next(name for name in truth if name in page)]}}

    done = sum(work(people, job, answer).values())
    record = cloud.wait_for(job, "Completed", seconds=120)
    output = cloud.output_lines(job)

    assert (record["labeled"], record["failed"], record["unlabeled"]) == (DIGITS, 0, 0)
    by_model = [number for number, line in enumerate(output) if line[f"{job}-metadata"]["human-annotated"] == "no"]
    assert done == DIGITS - len(by_model)
    assert len(by_model) > DIGITS // 4
    assert {number // 500 for number in by_model} == {0, 1}
    right = sum(LABELS[output[number][job]] == digits[number].truth for number in by_model)
    assert right / len(by_model) >= 0.95
    assert all(0.5 < output[number][f"{job}-metadata"]["confidence"] <= 1 for number in by_model)

    root = f"{job}/output/{job}"
    assert sum(event["labeled"] for event in learned(cloud, job)) == len(by_model)
    annotated = [key for key in cloud.keys(f"{root}/activelearning/") if key.endswith("/auto_annotator_output.txt")]
    assert sum(len(cloud.get(key).splitlines()) for key in annotated) == len(by_model)
    assert any(key.endswith("/output/model.tar.gz") for key in cloud.keys(f"{root}/training/"))
    figures = f"{root}/manifests/output/quality.json"
    cloud.wait_until(lambda: cloud.keys(figures), "the quality figures are written")
    quality = json.loads(cloud.get(figures))
    assert quality["automation"]["machineLabeled"] == len(by_model)


def test_a_data_set_too_small_to_learn_from_is_labeled_by_people_and_the_log_says_why(
    cloud: Cloud, people: list[Worker]
):
    job = cloud.job("auto-few")
    texts = [f"ticket {number}: {'refund please' if number % 2 else 'thank you'}" for number in range(8)]
    files = {"labels.json": label_file("calm", "angry")}
    cloud.drop(job, request("TextMultiClass", "text-classification"), [{"source": text} for text in texts], files)

    def answer(worker: Worker, page: str) -> dict[str, Any]:
        return {"crowd-classifier": {"label": "angry" if "refund please" in unescape(page) else "calm"}}

    assert sum(work(people, job, answer).values()) == 8
    cloud.wait_for(job, "Completed")

    assert [line[f"{job}-metadata"]["class-name"] for line in cloud.output_lines(job)] == ["calm", "angry"] * 4
    (event,) = learned(cloud, job)
    assert event["autoLabelingExhausted"]
    assert "8 data objects" in event["event-log-message"]

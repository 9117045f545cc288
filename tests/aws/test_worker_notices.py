from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from groundwork.aws.worker_notices import WorkerNotices
from moto import mock_aws

from tests.formats.jobs import text_job


@pytest.fixture
def inbox() -> Iterator[tuple[WorkerNotices, Callable[[], Any]]]:
    with mock_aws():
        sns, sqs = boto3.client("sns", "us-east-1"), boto3.client("sqs", "us-east-1")
        topic = sns.create_topic(Name="notices")["TopicArn"]
        queue = sqs.create_queue(QueueName="inbox")["QueueUrl"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:123456789012:inbox")
        yield WorkerNotices(sns, topic, "https://work.example.com"), lambda: sqs.receive_message(QueueUrl=queue)


def test_a_work_team_is_told_of_a_new_job_once_with_the_way_to_it(
    inbox: tuple[WorkerNotices, Callable[[], Any]],
) -> None:
    notices, receive = inbox
    job = text_job()

    notices.job_available(job, 1_700_000_000.0)

    (message,) = receive()["Messages"]
    envelope = json.loads(message["Body"])
    notice = json.loads(envelope["Message"])
    assert notice["event"] == "LabelingJobAvailable"
    assert notice["labelingJobName"] == job.name
    assert "https://work.example.com" in notice["default"]
    assert envelope["MessageAttributes"]["workteamName"]["Value"] == job.work_team

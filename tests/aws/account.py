"""The account's table and buckets, and fakes for what is asked of the state machine and the clocks."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import boto3
from groundwork.aws.job_log import JobLog
from groundwork.aws.job_store import JobStore
from groundwork.aws.object_store import ObjectStore
from groundwork.aws.queue import Queue
from groundwork.aws.table import Table

REGION = "us-east-1"
NUMBER = "123456789012"
IN, OUT, JOBS = "harbor-in", "harbor-out", "groundwork-jobs"
NOW = 1_772_705_472.0
"""2026-03-05 10:11:12 UTC."""
KEYS = (("pk", "sk"), ("queue", "queueAt"))


@cache
def client(service: str) -> Any:
    """Make a client once: that takes longer than most tests. The account behind it is a new one in every test."""
    key: Any = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.client(service, region_name=REGION, **key)  # type: ignore[call-overload]


@dataclass
class Clock:
    """Epoch seconds that move when a test says so."""

    moment: float = NOW

    def __call__(self) -> float:
        return self.moment

    def forward(self, seconds: float) -> None:
        self.moment += seconds


@dataclass
class FakeMachine:
    """Takes down what the state machine is asked for; `taken` execution numbers are used up."""

    woken: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    started: list[tuple[str, int, bool]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    at_work: set[tuple[str, int]] = field(default_factory=set)

    def wake(self, token: str, reason: str) -> bool:
        self.woken.append((token, reason))
        return True

    def fail(self, token: str, error: str, cause: str) -> bool:
        self.failed.append((token, error, cause))
        return True

    def start(self, job_key: str, number: int, *, rebuild: bool = True) -> int:
        while number in self.taken:
            number += 1
        if (job_key, number) not in self.at_work:
            self.started.append((job_key, number, rebuild))
            self.at_work.add((job_key, number))
        return number

    def running(self, job_key: str, execution: int) -> bool:
        return (job_key, execution) in self.at_work


@dataclass
class FakeSchedule:
    """Keeps each job's moment."""

    moments: dict[str, float] = field(default_factory=dict)

    def set(self, job_key: str, moment: float) -> None:
        self.moments[job_key] = moment

    def clear(self, job_key: str) -> None:
        self.moments.pop(job_key, None)


@dataclass
class FakeEvents:
    """Keeps the state changes that were published."""

    published: list[tuple[str, str]] = field(default_factory=list)

    def publish(self, job_arn: str, status: str) -> None:
        self.published.append((job_arn, status))


@dataclass
class Account:
    """The parts of the deployment that tests need."""

    table: Table
    store: ObjectStore
    jobs: JobStore
    s3: Any
    dynamodb: Any
    logs: Any

    @classmethod
    def create(cls) -> Account:
        """Make the buckets and the queue table."""
        s3, dynamodb, logs = client("s3"), client("dynamodb"), client("logs")
        for bucket in (IN, OUT, JOBS):
            s3.create_bucket(Bucket=bucket)
        create_table(dynamodb, "queue")
        table = AtomicTable(dynamodb, "queue")
        return cls(table, ObjectStore(s3), JobStore(table), s3, dynamodb, logs)

    def queue(self, job_key: str) -> Queue:
        """Open the queue of a job."""
        return Queue(self.table, job_key)

    def log(self, job_name: str, stage: str = "task_dispatch") -> JobLog:
        """Open the log of a job."""
        return JobLog(self.logs, job_name, stage)

    def events(self, group: str, stream: str) -> list[str]:
        """Read the messages of a log stream."""
        answer = self.logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True)
        return [event["message"] for event in answer["events"]]

    def items(self) -> list[dict[str, Any]]:
        """Read the whole table, as it is stored."""
        return list(self.dynamodb.scan(TableName="queue")["Items"])

    def restore_table(self, items: list[dict[str, Any]]) -> None:
        """Make the table what it was."""
        for item in self.items():
            self.dynamodb.delete_item(TableName="queue", Key={"pk": item["pk"], "sk": item["sk"]})
        for item in items:
            self.dynamodb.put_item(TableName="queue", Item=item)

    def put(self, bucket: str, key: str, content: bytes) -> None:
        """Upload a file."""
        self.s3.put_object(Bucket=bucket, Key=key, Body=content)


class AtomicTable(Table):
    """The table with writes one at a time: moto checks a condition and writes in two steps, DynamoDB in one."""

    _one_at_a_time = threading.Lock()

    def _conditional(self, call: Any, arguments: Any) -> Any:
        with self._one_at_a_time:
            return super()._conditional(call, arguments)

    def transact(self, actions: Any) -> None:
        with self._one_at_a_time:
            super().transact(actions)


def put_all(table: Table, items: Sequence[Mapping[str, Any]]) -> None:
    """Write some items."""
    for item in items:
        table.put(item)


def create_table(dynamodb: Any, name: str) -> None:
    """Make the queue table as the stack does."""
    projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["workers"]}
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for pair in KEYS for key in pair],
        KeySchema=_key(*KEYS[0]),
        GlobalSecondaryIndexes=[{"IndexName": "queue", "KeySchema": _key(*KEYS[1]), "Projection": projection}],
    )


def _key(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]

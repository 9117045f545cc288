"""An AWS account in memory in which the real functions run, one process, a clock of its own."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import boto3
import botocore.session
from moto import mock_aws

from local.bench import assumptions
from local.bench.meter import Meter
from local.bench.prices import Unit
from local.settings import ROOT

ACCOUNT = "123456789012"
REGION = "us-east-1"
BUCKET = "groundwork-jobs"
TABLE = "groundwork-queue"
TEAM = "readers"
STARTED = 1_793_613_600.0
"""2026-11-02 10:00 UTC."""
MACHINE = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:groundwork-labeling-job"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/groundwork"
MEMORY = {
    "consolidation_estimate": 2_048,
    "manifest_output_quality": 2_048,
    "wake": 512,
    "portal_api": assumptions.PORTAL_MEMORY,
}
"""MB of the functions that differ from the other stages, as in `stacks/pipeline.py`."""
STAGE_MEMORY = 1_024
KEYS = (("pk", "sk"), ("queue", "queueAt"))
_OUTPUT = io.StringIO()
"""Output of the functions; one for the process, because the logger keeps the stream it was made with."""


@dataclass(slots=True)
class Clock:
    """Epoch seconds that pass when the benchmark says so."""

    moment: float = STARTED

    def __call__(self) -> float:
        """Tell the time."""
        return self.moment


class Functions:
    """Runs the functions by name, as Lambda does, and counts each invocation."""

    def __init__(self, meter: Meter, clock: Clock) -> None:
        self._meter = meter
        self._clock = clock
        self._handlers: dict[str, Any] = {}

    def invoke(self, name: str, event: Any) -> Any:
        """Invoke one function; its output lines go to its log and its figures become metrics."""
        handler = self._handler(name)
        context = SimpleNamespace(
            function_name=name,
            memory_limit_in_mb=_memory(name),
            invoked_function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}",
            aws_request_id="3f0c1a2e-6f6b-4c55-9d0f-0c3f4f3f6f10",
            get_remaining_time_in_millis=lambda: 900_000,
        )
        waited = self._meter.waited
        with _output():
            answer = handler(event, context)
            output = _OUTPUT.getvalue()
        self._bill(name, assumptions.LAMBDA_SECONDS + self._meter.waited - waited, output)
        return json.loads(json.dumps(answer))

    def _handler(self, name: str) -> Any:
        if name not in self._handlers:
            with _output():
                module = importlib.import_module(f"functions.{_package(name)}.handler")
            for loaded in list(sys.modules.values()):
                if loaded.__name__.startswith("functions.") and hasattr(loaded, "time"):
                    loaded.time = SimpleNamespace(time=self._clock)  # type: ignore[attr-defined]
            self._handlers[name] = module.handler
            starts = assumptions.WORKERS if name == "portal_api" else 1
            self._meter.add(Unit.LAMBDA_GB_SECOND, starts * assumptions.COLD_SECONDS * _memory(name) / 1_024)
        return self._handlers[name]

    def _bill(self, name: str, seconds: float, output: str) -> None:
        self._meter.add(Unit.LAMBDA_REQUEST)
        self._meter.add(Unit.LAMBDA_GB_SECOND, seconds * _memory(name) / 1_024)
        self._meter.add(Unit.LOG_GB, assumptions.PLATFORM_LOG_BYTES / 1e9)
        for line in output.splitlines():
            self._meter.log(line)
            document = json.loads(line)
            if "_aws" in document:
                self._meter.metric(document, int(self._clock() // 3_600))


@contextmanager
def _output() -> Iterator[None]:
    _OUTPUT.seek(0)
    _OUTPUT.truncate()
    with contextlib.redirect_stdout(_OUTPUT):
        yield


def _package(name: str) -> str:
    """Find the package of a function: `consolidation_apply` is `consolidation.apply`."""
    stage = next((stage for stage in ("consolidation", "manifest_output") if name.startswith(f"{stage}_")), None)
    return name if stage is None else f"{stage}.{name.removeprefix(f'{stage}_')}"


def _memory(name: str) -> int:
    return MEMORY.get(name, STAGE_MEMORY)


@contextmanager
def account(meter: Meter) -> Iterator[str]:
    """Make the account with what the stacks make; gives the user pool's id."""
    before = dict(os.environ)
    _forget_functions()
    os.environ.update(
        AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_REGION=REGION, AWS_DEFAULT_REGION=REGION
    )
    os.environ.pop("AWS_ENDPOINT_URL", None)
    try:
        with mock_aws():
            pool = _create()
            os.environ.update(_environment(pool))
            session = botocore.session.Session()
            meter.watch(session)
            boto3.setup_default_session(botocore_session=session, region_name=REGION)
            yield pool
    finally:
        boto3.DEFAULT_SESSION = None
        os.environ.clear()
        os.environ.update(before)


def _forget_functions() -> None:
    """Let the functions be imported anew: their clients belong to the account of an earlier run."""
    for name in [name for name in sys.modules if name.split(".")[0] == "functions"]:
        del sys.modules[name]


def definition() -> dict[str, Any]:
    """Read the state machine."""
    document: dict[str, Any] = json.loads((ROOT / "functions" / "labeling_job.asl.json").read_text())
    return document


def _create() -> str:
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    _create_table()
    boto3.client("scheduler").create_schedule_group(Name="groundwork")
    fail = {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}
    boto3.client("stepfunctions").create_state_machine(
        name="groundwork-labeling-job", definition=json.dumps(fail), roleArn=ROLE
    )
    cognito = boto3.client("cognito-idp")
    pool: str = cognito.create_user_pool(PoolName="groundwork")["UserPool"]["Id"]
    cognito.create_group(UserPoolId=pool, GroupName=TEAM)
    for name in worker_names():
        cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=TEAM)
    return pool


def _create_table() -> None:
    keys: Any = [
        [{"AttributeName": pair[0], "KeyType": "HASH"}, {"AttributeName": pair[1], "KeyType": "RANGE"}] for pair in KEYS
    ]
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for pair in KEYS for name in pair],
        KeySchema=keys[0],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "queue",
                "KeySchema": keys[1],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["workers"]},
            }
        ],
    )


def worker_names() -> list[str]:
    """Name the workers."""
    return [f"reader-{number}" for number in range(1, assumptions.WORKERS + 1)]


def _environment(pool: str) -> Mapping[str, str]:
    return {
        "ACCOUNT_ID": ACCOUNT,
        "JOBS_BUCKET": BUCKET,
        "QUEUE_TABLE": TABLE,
        "STATE_MACHINE_ARN": MACHINE,
        "LOG_RETENTION_DAYS": "365",
        "OUTPUT_ROLE_ARN": ROLE,
        "SCHEDULE_GROUP": "groundwork",
        "SCHEDULE_ROLE_ARN": ROLE,
        "WAKE_FUNCTION_ARN": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:groundwork-wake",
        "USER_POOL_ID": pool,
        "PORTAL_URL": "https://labels.example.com",
        "POWERTOOLS_SERVICE_NAME": "benchmark",
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }

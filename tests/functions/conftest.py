"""The deployed functions: environment, gateways and an account in memory."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from moto import mock_aws

from functions import wiring
from functions.portal_api import desks, pages
from tests.aws.account import IN, JOBS, OUT, Account, Clock, FakeMachine, FakeSchedule, client
from tests.aws.labeling import Labeling
from tests.functions.deployment import Deployment

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "ACCOUNT_ID": "123456789012",
    "JOBS_BUCKET": JOBS,
    "QUEUE_TABLE": "queue",
    "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:labeling_job",
    "DATA_BUCKETS": json.dumps([IN]),
    "OUTPUT_BUCKETS": json.dumps([OUT]),
    "DEFAULT_WORK_TEAM": "harbor",
    "LOG_RETENTION_DAYS": "30",
    "OUTPUT_ROLE_ARN": "arn:aws:iam::123456789012:role/groundwork-output",
    "PORTAL_URL": "https://d111111abcdef8.cloudfront.net",
    "POWERTOOLS_SERVICE_NAME": "test",
}
CACHES = (
    wiring.environment,
    wiring.store,
    wiring.table,
    wiring.jobs,
    wiring.events,
    wiring.directory,
    wiring._labeling_job,
    pages._template,
)


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    for name in ("AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    clock, machine, schedule = Clock(), FakeMachine(), FakeSchedule()
    monkeypatch.setattr(time, "time", clock)
    monkeypatch.setattr(wiring, "machine", lambda: machine)
    monkeypatch.setattr(wiring, "schedule", lambda: schedule)
    desks._last_active.clear()
    desks._known_crowds.clear()
    with mock_aws():
        cognito = client("cognito-idp")
        pool = cognito.create_user_pool(PoolName="workers", UsernameAttributes=["email"])["UserPool"]["Id"]
        monkeypatch.setenv("USER_POOL_ID", pool)
        for cached in CACHES:
            cached.cache_clear()
        for team in ("harbor", "dock"):
            cognito.create_group(GroupName=team, UserPoolId=pool)
        deployment = Deployment(Account.create(), clock, machine, schedule, cognito, pool)
        deployment.invite("ada")
        yield deployment


@pytest.fixture
def labeling(deployment: Deployment) -> Labeling:
    labeling = deployment.labeling()
    labeling.start()
    return labeling

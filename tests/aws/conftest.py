"""An AWS account in memory: nothing leaves the process, and every test begins with nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from groundwork.aws.table import Table
from moto import mock_aws

from tests.aws.account import Account, Clock
from tests.aws.drops import Drop


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield Account.create()


@pytest.fixture
def table(account: Account) -> Table:
    return account.table


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def drop(account: Account, clock: Clock) -> Drop:
    return Drop(account, clock)

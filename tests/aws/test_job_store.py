"""Records of jobs, the lists they are in, and what workers have put aside."""

from __future__ import annotations

from typing import Any

import pytest
from groundwork.aws.job_store import HeldTask
from groundwork.job.record import JobRecord

from tests.aws.account import NOW, REGION, Account
from tests.formats.jobs import image_job


def record(name: str = "Pier", **changes: Any) -> JobRecord:
    return JobRecord.of(image_job(name=name), name).model_copy(update=changes)


def test_a_record_is_created_once_and_comes_back_as_it_was(account: Account) -> None:
    first = record(keywords=("boats",))
    assert account.jobs.create(first)
    assert not account.jobs.create(record(title="other"))
    assert account.jobs.get("pier") == first
    with pytest.raises(LookupError, match="buoys"):
        account.jobs.get("buoys")


def test_a_record_is_listed_as_soon_as_it_exists(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    puts = 0
    put = account.table.put

    def dying(*arguments: Any) -> None:
        nonlocal puts
        puts += 1
        if puts == 2:
            raise TimeoutError
        put(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(account.table, "put", dying)
        try:
            account.jobs.create(record())
        except TimeoutError:
            account.jobs.create(record())
    assert [found.key for found in account.jobs.of_team("harbor")] == ["pier"]
    assert [found.key for found in account.jobs.unfinished()] == ["pier"]


def test_a_record_changes_only_from_the_status_it_should_have(account: Account) -> None:
    account.jobs.create(record())
    assert account.jobs.change("pier", NOW, only_from=("Stopping",), status="Stopped") is None
    changed = account.jobs.change("pier", NOW, only_from=("InProgress",), status="Stopping", failure_reason=None)
    assert changed is not None
    assert (changed.status, changed.modified_at, changed.failure_reason) == ("Stopping", NOW, None)
    assert account.jobs.change("no-such-job", NOW, status="Stopped") is None


def test_finished_jobs_leave_the_lists(account: Account) -> None:
    for name in ("Pier", "Buoys"):
        account.jobs.create(record(name))
    account.jobs.change("pier", NOW, status="Completed")
    assert [found.key for found in account.jobs.of_team("harbor")] == ["buoys"]
    account.jobs.leave_lists(account.jobs.get("buoys"))
    assert account.jobs.unfinished() == []


def test_held_tasks_are_listed_by_worker_and_job(account: Account) -> None:
    tasks = [
        HeldTask(key, entry, entry + 1, NOW, None, 2.5, has_draft=True) for key, entry in (("pier", 3), ("pier-2", 4))
    ]
    for task in tasks:
        account.jobs.hold("ada", task)
    assert account.jobs.held("ada") == tasks
    assert account.jobs.held("ada", "pier") == tasks[:1]
    assert account.jobs.held("bo") == []
    account.jobs.let_go("ada", "pier", 3)
    assert account.jobs.held("ada") == tasks[1:]
    assert account.dynamodb.meta.region_name == REGION

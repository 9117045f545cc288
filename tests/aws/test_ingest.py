"""A drop starts its job exactly once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any, cast

import pytest
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.aws.object_store import ObjectStore

from tests.aws.account import JOBS, FakeMachine
from tests.aws.drops import FILES, PATHS, Drop
from tests.aws.labeling import pictures


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids="-".join)
def test_files_in_any_order_with_events_repeated_start_the_job_once(drop: Drop, order: tuple[str, ...]) -> None:
    outcomes = []
    for name in order:
        drop.put(name)
        outcomes += [drop.tell(name).outcome, drop.tell(name).outcome]
    for name in order:
        outcomes.append(drop.tell(name).outcome)
    assert outcomes.count("started") == 1
    assert drop.machine.started == [("pier", 1, True)]
    assert "pier/error.json" not in drop.files()


def test_the_manifest_is_pinned_as_it_was(drop: Drop) -> None:
    drop.put_all()
    assert drop.tell().outcome == "started"
    head = drop.account.s3.head_object(Bucket=JOBS, Key="pier/day.manifest")
    assert drop.job().manifest.uri == f"s3://{JOBS}/pier/day.manifest"
    assert drop.job().manifest.etag == head["ETag"]


def test_a_job_is_listed_for_its_team_once_it_started(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    assert [record.key for record in drop.account.jobs.of_team("harbor")] == ["pier"]
    assert [record.key for record in drop.account.jobs.unfinished()] == ["pier"]


def test_half_a_drop_waits_without_an_error(drop: Drop) -> None:
    drop.put("job.json")
    assert (drop.tell().outcome, drop.tell().detail) == ("waiting", "a manifest")
    drop.put("day.manifest", folder="buoys")
    assert drop.tell("day.manifest", "buoys").detail == "job.json"
    assert drop.files() == ["buoys/day.manifest", "pier/job.json"]


@pytest.mark.parametrize("key", ["readme.txt", "pier/notes.txt", "pier/output/pier/manifests/output/output.manifest"])
def test_other_objects_start_nothing(drop: Drop, key: str) -> None:
    drop.put_all()
    assert drop.ingestion(key).outcome == "ignored"
    assert drop.machine.started == []


@pytest.mark.parametrize("execution", [1, 2], ids=["first drop", "second drop"])
def test_an_event_that_died_before_the_machine_was_started_is_made_up_for(drop: Drop, execution: int) -> None:
    drop.put_all()
    if execution == 2:
        drop.tell()
        drop.account.jobs.change("pier", drop.clock(), status="Failed")

    class Down(FakeMachine):
        def start(self, job_key: str, number: int, *, rebuild: bool = True) -> int:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        replace(drop.ingestion, machine=cast("LabelingMachine", Down()))("pier/job.json")
    assert drop.tell().outcome == "known"
    assert drop.machine.started[-1] == ("pier", execution, True)


def test_a_job_that_failed_before_anybody_saw_a_task_starts_again_from_nothing(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    drop.account.jobs.change("pier", drop.clock(), status="Failed")
    drop.account.store.write(PATHS.shards, b"{}")
    drop.clock.forward(60)
    assert drop.tell("day.manifest").outcome == "started"
    assert drop.machine.started == [("pier", 1, True), ("pier", 2, True)]
    assert drop.account.jobs.get("pier").execution == 2
    assert PATHS.shards.key not in drop.files()
    assert drop.tell().outcome == "known"


def test_of_two_events_that_start_a_failed_job_again_the_later_one_spoils_nothing(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    drop.account.jobs.change("pier", drop.clock(), status="Failed")
    jobs = drop.account.jobs

    class Late:
        """Reads the failed record, and then another event is faster."""

        def __getattr__(self, name: str) -> Any:
            return getattr(jobs, name)

        def find(self, key: str) -> Any:
            failed = jobs.find(key)
            assert drop.tell("day.manifest").outcome == "started"
            drop.account.store.write(PATHS.shards, b"{}")
            return failed

    late: Any = Late()
    assert replace(drop.ingestion, jobs=late)("pier/job.json").outcome == "known"
    assert PATHS.shards.key in drop.files()
    assert drop.job().key == "pier"


def test_a_job_that_people_worked_on_is_not_started_again(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    drop.account.jobs.change("pier", drop.clock(), status="Failed", tasks_created=True)
    assert drop.tell().outcome == "known"
    assert len(drop.machine.started) == 1


def test_a_job_whose_record_was_lost_is_taken_up_under_a_free_number(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    drop.account.restore_table([])
    drop.machine.taken.add(1)
    assert drop.tell().outcome == "started"
    assert drop.machine.started[-1] == ("pier", 2, True)
    assert drop.account.jobs.get("pier").execution == 2


def test_a_job_that_the_table_has_forgotten_goes_on_as_it_began_and_gives_no_task_before_it_is_rebuilt(
    drop: Drop,
) -> None:
    drop.put_all()
    drop.tell()
    began = drop.account.store.read(PATHS.job)
    drop.account.restore_table([])
    drop.put("day.manifest", b"\n".join(pictures(5)))

    assert drop.tell().outcome == "started"

    record = drop.account.jobs.get("pier")
    assert drop.account.store.read(PATHS.job) == began
    assert record.rebuilding
    assert not record.gives_tasks


def test_of_two_events_that_start_a_job_at_the_same_moment_both_go_on_with_one_manifest(drop: Drop) -> None:
    drop.put_all()
    s3, later = drop.account.s3, b"\n".join(pictures(5))

    class Slow:
        """S3, to which this event writes the job when another one, with another manifest, has started it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(s3, name)

        def put_object(self, **arguments: Any) -> Any:
            if arguments["Key"] == PATHS.job.key:
                drop.put("day.manifest", later)
                assert drop.tell("day.manifest").outcome == "started"
            return s3.put_object(**arguments)

    slow: Any = Slow()
    assert replace(drop.ingestion, store=ObjectStore(slow))("pier/job.json").outcome == "known"
    head = s3.head_object(Bucket=JOBS, Key="pier/day.manifest")
    assert drop.job().manifest.etag == head["ETag"], "the job that runs has another manifest than the one recorded"

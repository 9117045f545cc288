"""A drop starts its job exactly once, or says why it can't."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any, cast

import pytest
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.job.drop_context import DropContext
from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_ingestion.ingest import Ingested, Ingestion
from groundwork.task_types import registry

from tests.aws.account import IN, JOBS, NUMBER, OUT, REGION, Account, Clock, FakeMachine
from tests.aws.labeling import pictures

CONTEXT = DropContext(
    jobs_bucket=JOBS,
    account=NUMBER,
    region=REGION,
    role_arn=f"arn:aws:iam::{NUMBER}:role/groundwork-output",
    default_work_team="harbor",
    data_buckets=(IN,),
    output_buckets=(OUT,),
)
REQUEST = {"Groundwork": {"TaskType": "ImageMultiClass"}}
PATHS = JobPaths(S3Uri(JOBS, "pier/output/pier"))
FILES = {
    "job.json": json.dumps(REQUEST).encode(),
    "labels.json": b'{"document-version":"2018-11-28","labels":[{"label":"boat"},{"label":"net"}]}',
    "day.manifest": b"\n".join(pictures(2)),
}


class Drop:
    """A folder of the jobs bucket that files arrive in."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self.account, self.clock, self.machine = account, clock, FakeMachine()
        self.ingestion = Ingestion(
            store=account.store,
            jobs=account.jobs,
            machine=cast("LabelingMachine", self.machine),
            log=lambda name: account.log(name, "manifest_ingestion"),
            context=CONTEXT,
            task_types=registry,
            now=clock,
        )

    def put(self, name: str, content: bytes | None = None, folder: str = "pier") -> None:
        self.account.put(JOBS, f"{folder}/{name}", FILES[name] if content is None else content)

    def put_all(self) -> None:
        for name in FILES:
            self.put(name)

    def tell(self, name: str = "job.json", folder: str = "pier") -> Ingested:
        return self.ingestion(f"{folder}/{name}")

    def files(self) -> list[str]:
        listed = self.account.s3.list_objects_v2(Bucket=JOBS).get("Contents", [])
        return [entry["Key"] for entry in listed]

    def errors(self, folder: str = "pier") -> Any:
        body = self.account.s3.get_object(Bucket=JOBS, Key=f"{folder}/error.json")["Body"]
        return json.loads(body.read())

    def job(self) -> LabelingJob:
        return LabelingJob.model_validate(self.account.store.read_json(PATHS.job))


@pytest.fixture
def drop(account: Account, clock: Clock) -> Drop:
    return Drop(account, clock)


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


def test_a_refused_drop_lists_every_problem_and_starts_when_they_are_mended(drop: Drop) -> None:
    drop.put_all()
    bad = {"Groundwork": {"TaskType": "ImageMultiClass"}, "OutputConfig": {"S3OutputPath": "s3://elsewhere/x"}}
    drop.put("job.json", json.dumps({**bad, "Nonsense": 1}).encode())
    refused = drop.tell()
    assert refused.outcome == "refused"
    errors = drop.errors()
    assert {problem["path"] for problem in errors["problems"]} >= {"Nonsense"}
    assert all(problem["expected"] for problem in errors["problems"])
    assert drop.account.jobs.find("pier") is None
    drop.put("job.json")
    assert drop.tell().outcome == "started"
    assert "pier/error.json" not in drop.files()


def test_a_request_that_is_no_json_is_refused(drop: Drop) -> None:
    drop.put_all()
    drop.put("job.json", b"{")
    assert drop.tell().outcome == "refused"
    assert "job.json" in drop.errors()["problems"][0]["path"]


def test_a_named_manifest_that_does_not_exist_is_refused(drop: Drop) -> None:
    drop.put_all()
    source = {"DataSource": {"S3DataSource": {"ManifestS3Uri": f"s3://{IN}/nothing.manifest"}}}
    drop.put("job.json", json.dumps({**REQUEST, "InputConfig": source}).encode())
    assert drop.tell().outcome == "refused"
    assert any("nothing.manifest" in str(problem) for problem in drop.errors()["problems"])


@pytest.mark.parametrize("folder", ["my pier (1)", "größe", "a:b*c", "x" * 80])
def test_a_folder_that_can_not_name_a_job_is_refused_and_not_logged_under_its_name(drop: Drop, folder: str) -> None:
    for name in FILES:
        drop.put(name, folder=folder)

    def no_log(name: str) -> Any:
        raise AssertionError(f"a log group can't be called {name}")

    ingestion = replace(drop.ingestion, log=no_log)
    assert ingestion(f"{folder}/job.json").outcome == "refused"
    assert drop.errors(folder)["problems"]


def test_an_event_that_died_before_the_machine_was_started_is_made_up_for(drop: Drop) -> None:
    drop.put_all()

    class Down(FakeMachine):
        def start(self, job_key: str, number: int, *, rebuild: bool = True) -> int:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        replace(drop.ingestion, machine=cast("LabelingMachine", Down()))("pier/job.json")
    assert drop.tell().outcome == "known"
    assert drop.machine.started == [("pier", 1, True)]


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


def test_names_that_differ_in_case_are_one_job_and_the_second_drop_is_told(drop: Drop) -> None:
    drop.put_all()
    drop.tell()
    for name in FILES:
        drop.put(name, folder="Pier")
    assert drop.tell(folder="Pier").outcome == "refused"
    (problem,) = drop.errors("Pier")["problems"]
    assert problem["path"] == "LabelingJobName"
    assert "'pier', which is InProgress" in problem["message"]
    assert "pier/error.json" not in drop.files()


def test_a_drop_under_the_name_of_a_job_that_has_ended_is_told_that_the_name_is_taken(drop: Drop) -> None:
    drop.put_all()
    dropped_at = drop.clock()
    drop.tell()
    drop.clock.forward(3_600)
    drop.account.jobs.change("pier", drop.clock(), status="Completed", tasks_created=True)
    assert drop.ingestion("pier/job.json", dropped_at).outcome == "known", "a late repetition of the first event"
    assert drop.ingestion("pier/job.json", drop.clock() + 60).outcome == "refused"
    (problem,) = drop.errors()["problems"]
    assert "which is Completed" in problem["message"]
    assert "another folder" in problem["expected"]
    assert len(drop.machine.started) == 1


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

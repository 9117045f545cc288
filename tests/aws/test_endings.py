"""How labeling jobs end: stopped, expired, declined, or by a stopping condition."""

from __future__ import annotations

import json
from typing import Any

import pytest
from groundwork.job.labeling_job import AnnotationFunctions, StopConditions
from groundwork.manifest_output.failure import FAILURE_REASON
from groundwork.select_batch.stopping import condition_reached
from groundwork.task_dispatch.slots import QueuedObject
from groundwork.task_dispatch.stop import GRACE_SECONDS, stop
from groundwork.task_dispatch.window import WakeReason

from tests.aws.account import OUT, Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import custom_job, image_job

WORKERS = ("ada", "bo", "cy")
TRUTH = ("boat", "buoy", "net")


def by_number(item: QueuedObject, worker: str) -> dict[str, Any]:
    return label(TRUTH[item.object_id % 3])


def image_labeling(account: Account, clock: Clock, lines: list[bytes], **changes: Any) -> Labeling:
    return Labeling.begin(account, clock, image_job(**{"max_concurrent": 4, **changes}), lines)


def test_a_stopped_job_keeps_what_is_labeled_and_leaves_the_rest_as_it_came(account: Account, clock: Clock) -> None:
    lines = pictures(8)
    labeling = image_labeling(account, clock, lines)
    labeling.start()
    labeling.work(WORKERS, by_number, most=7)
    hand = labeling.desk().next_task("dee", "", show=True)
    assert hand is not None
    assert stop(labeling.at(), labeling.machine)  # type: ignore[arg-type]
    assert labeling.machine.woken[-1] == ("token-1", WakeReason.STOP)
    assert not stop(labeling.at(), labeling.machine)  # type: ignore[arg-type]
    assert labeling.turn()
    assert labeling.desk().next_task("eve", "", show=True) is None
    clock.forward(60)
    labeling.submit("dee", hand, label("net"))
    clock.forward(GRACE_SECONDS)
    while labeling.turn():
        pass
    answered = {item.object_id for item in labeling.items() if item.answered_by}
    assert hand.item.object_id in answered
    assert 3 <= len(answered) < 8
    raw = account.store.read(labeling.at().paths.output_manifest).splitlines()
    assert len(raw) == 8
    for number, line in enumerate(raw):
        assert ("kind" in json.loads(line)) == (number in answered)
        assert (line == lines[number]) == (number not in answered)
    record = account.jobs.get("pier-kind")
    assert (record.status, record.labeled, record.unlabeled) == ("Stopped", len(answered), 8 - len(answered))
    assert record.failed == 0


def test_a_job_that_is_stopped_before_anything_was_given_out_ends(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(3))
    assert stop(labeling.at(), labeling.machine)  # type: ignore[arg-type]
    labeling.start()
    assert not labeling.turn()
    assert account.jobs.get("pier-kind").status == "Stopped"
    assert all("kind-metadata" not in line for line in labeling.output())


def test_objects_that_nobody_answers_expire_one_lifetime_after_they_were_opened(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(6), task_availability=7_200, workers_per_object=1)
    labeling.start()
    labeling.work(WORKERS, by_number, most=1)
    assert labeling.window().next_look(clock()) <= clock() + 600
    clock.forward(7_199)
    assert labeling.window().wake_reason(clock()) is WakeReason.TICK
    labeling.turn()
    assert labeling.window().open == 2
    clock.forward(7_200)
    while labeling.turn():
        pass
    output = labeling.output()
    reasons = [line.get("kind-metadata", {}).get(FAILURE_REASON, "") for line in output]
    expired = [reason.startswith("ClientError: Annotation tasks expired") for reason in reasons]
    assert sorted(expired) == [False, *[True] * 5]
    assert account.jobs.get("pier-kind").failed == 5


def test_a_job_that_nobody_ever_works_on_completes_with_every_object_failed(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(2), task_availability=3_600)
    labeling.start()
    clock.forward(3_600)
    labeling.run((), by_number)
    assert all("expired" in line["kind-metadata"][FAILURE_REASON] for line in labeling.output())
    assert account.jobs.get("pier-kind").status == "Completed"


def test_an_object_with_too_few_answers_at_the_end_of_its_life_is_labeled_by_those(
    account: Account, clock: Clock
) -> None:
    labeling = image_labeling(account, clock, pictures(1), task_availability=3_600)
    labeling.start()
    labeling.work(("ada", "bo"), by_number)
    clock.forward(3_600)
    labeling.run((), by_number)
    (line,) = labeling.output()
    assert line["kind"] == 0
    assert line["kind-metadata"]["answers-missing"] == 1
    assert account.jobs.get("pier-kind").short == 1


def test_an_object_that_enough_workers_decline_fails_with_their_reasons(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(2), workers_per_object=2)
    labeling.start()
    labeling.run(WORKERS, lambda item, worker: None if item.object_id == 1 else label("net"))
    output = labeling.output()
    assert output[0]["kind"] == 2
    assert output[1]["kind-metadata"][FAILURE_REASON] == "ClientError: Declined by 2 workers: too dark (2)."


def test_a_stopping_condition_ends_the_job_and_is_not_overshot(account: Account, clock: Clock) -> None:
    conditions = StopConditions(max_human_labeled_objects=3)
    labeling = image_labeling(account, clock, pictures(8), stop_conditions=conditions, workers_per_object=1)
    labeling.start()
    labeling.run(WORKERS, by_number)
    assert sum("kind" in line for line in labeling.output()) == 3
    assert condition_reached(labeling.window())


def test_labels_appear_while_the_job_runs(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(6), workers_per_object=1)
    labeling.start()
    labeling.work(WORKERS, by_number, most=4)
    clock.forward(600)
    assert labeling.window().wake_reason(clock()) is WakeReason.READY
    assert labeling.turn()
    assert sum("kind" in line for line in labeling.output()) == 4
    intermediate = account.store.read(labeling.at().paths.intermediate_manifest(1)).splitlines()
    assert sum(b'"kind"' in line for line in intermediate) == 4
    assert account.jobs.get("pier-kind").labeled == 4
    labeling.run(WORKERS, by_number)
    assert sum("kind" in line for line in labeling.output()) == 6


def test_more_shards_than_the_window_needs_are_annotated_only_when_the_queue_runs_low(
    account: Account, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groundwork.prepare_job.sharding.SMALLEST_SHARD", 3)
    functions = AnnotationFunctions(pre="arn:pre")
    asked: list[str] = []

    def pre(request: dict[str, Any]) -> dict[str, Any]:
        asked.append(request["dataObject"]["source"])
        return {"taskInput": {}}

    lines = [b'{"source":"%d"}' % number for number in range(11)]
    job = custom_job(functions=functions, workers_per_object=1, max_concurrent=2)
    labeling = Labeling.begin(account, clock, job, lines, pre=pre)
    labeling.start()
    assert len(asked) == 3
    labeling.run(("ada",), lambda item, worker: {"reading": "1"})
    assert len(asked) == 11
    assert all(line["meterReading"] == {} for line in labeling.output())


def test_the_output_lies_in_the_output_bucket_only(account: Account, clock: Clock) -> None:
    labeling = image_labeling(account, clock, pictures(1), workers_per_object=1)
    labeling.start()
    labeling.run(WORKERS, by_number)
    assert labeling.job.output.bucket == OUT
    listed = account.s3.list_objects_v2(Bucket="harbor-in")["Contents"]
    assert [entry["Key"] for entry in listed] == ["pier-kind/objects.manifest"]

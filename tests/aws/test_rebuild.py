"""After a crash the queue is what S3 says; nothing submitted is lost, and nothing is asked twice."""

from __future__ import annotations

from typing import Any

import pytest
from groundwork.task_dispatch.desk import Hand
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject
from groundwork.task_dispatch.stop import stop

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job

WORKERS = ("ada", "bo", "cy")
TRUTH = ("boat", "buoy", "net")


def by_number(item: QueuedObject, worker: str) -> dict[str, Any] | None:
    return None if item.object_id == 4 else label(TRUTH[item.object_id % 3])


@pytest.fixture
def labeling(account: Account, clock: Clock) -> Labeling:
    """Seven objects, three open at a time, two answers each; people have begun."""
    job = image_job(max_concurrent=3, workers_per_object=2, task_availability=7_200)
    labeling = Labeling.begin(account, clock, job, pictures(7))
    labeling.start()
    labeling.work(WORKERS, by_number, most=7)
    return labeling


def lose_the_queue(labeling: Labeling) -> None:
    """Lose everything but the record, which ingestion writes anew."""
    account = labeling.account
    account.restore_table([item for item in account.items() if item["sk"]["S"] == "JOB"])


def stored(labeling: Labeling) -> dict[int, set[str]]:
    """Workers by object, as S3 has their answers."""
    found: dict[int, set[str]] = {}
    for key in labeling.account.store.keys(labeling.at().paths.answers_prefix):
        object_id, file = key.split("/")[-2:]
        found.setdefault(int(object_id), set()).add(file.removesuffix(".json"))
    return found


def counted(labeling: Labeling) -> dict[int, set[str]]:
    return {item.object_id: set(item.answered_by) for item in labeling.items() if item.answered_by}


def finished_soundly(labeling: Labeling) -> None:
    """Let the job run to its end, without anybody answering an object twice."""
    before = stored(labeling)
    labeling.prepare(rebuild=True)

    def choose(item: QueuedObject, worker: str) -> dict[str, Any] | None:
        assert worker not in before.get(item.object_id, set())
        return by_number(item, worker)

    assert labeling.turn()
    labeling.run(WORKERS, choose)
    assert [line.get("kind") for line in labeling.output()] == [
        None if number == 4 else number % 3 for number in range(7)
    ]
    assert all(len(workers) <= 2 for workers in counted(labeling).values())
    assert labeling.window().ready == labeling.window().done == 7


def test_a_lost_queue_is_restored_from_s3(labeling: Labeling) -> None:
    before = {
        item.object_id: (item.status, item.answered_by, item.expires_at)
        for item in labeling.items()
        if item.status is not ObjectStatus.QUEUED
    }
    window = labeling.window()
    lose_the_queue(labeling)
    rebuilt = labeling.prepare(rebuild=True).rebuilt
    assert rebuilt is not None
    assert rebuilt.answers == sum(len(workers) for workers in stored(labeling).values())
    after = {
        item.object_id: (item.status, item.answered_by, item.expires_at)
        for item in labeling.items()
        if item.status is not ObjectStatus.QUEUED
    }
    assert after == before
    restored = labeling.window()
    assert (restored.queued, restored.opened, restored.ready, restored.unanswered) == (
        window.queued,
        window.opened,
        window.ready,
        window.unanswered,
    )


def test_a_job_whose_queue_was_lost_is_finished_without_asking_anything_twice(labeling: Labeling) -> None:
    lose_the_queue(labeling)
    finished_soundly(labeling)


def test_a_job_whose_queue_was_lost_after_a_consolidation_is_finished(labeling: Labeling, clock: Clock) -> None:
    clock.forward(600)
    assert labeling.turn()
    assert labeling.window().done > 0
    lose_the_queue(labeling)
    labeling.execution(2)
    finished_soundly(labeling)


def test_a_table_that_lost_its_last_writes_is_brought_up_to_date(labeling: Labeling, account: Account) -> None:
    old = account.items()
    labeling.work(WORKERS, by_number, most=4)
    account.restore_table(old)
    assert counted(labeling) != stored(labeling)
    labeling.prepare(rebuild=True)
    assert counted(labeling) == stored(labeling)
    finished_soundly(labeling)


def test_a_queue_that_lost_nothing_is_left_as_it_is(labeling: Labeling) -> None:
    before = labeling.items()
    rebuilt = labeling.prepare(rebuild=True).rebuilt
    assert rebuilt is not None
    assert rebuilt.mended == 0
    assert labeling.items() == before


def test_people_at_work_keep_their_tasks_while_the_queue_is_rebuilt(labeling: Labeling) -> None:
    hand = labeling.desk().next_task("dee", "", show=True)
    assert hand is not None
    labeling.prepare(rebuild=True)
    labeling.submit("dee", hand, label("net"))
    assert "dee" in counted(labeling)[hand.item.object_id]
    assert counted(labeling) == stored(labeling)


def test_a_next_execution_that_was_planned_does_not_look_into_s3(labeling: Labeling) -> None:
    assert labeling.prepare(rebuild=False).rebuilt is None


def test_an_answer_whose_call_died_is_counted_by_the_rebuild(labeling: Labeling, account: Account) -> None:
    hand = _claimed_and_stored(labeling, "dee")
    labeling.prepare(rebuild=True)
    assert "dee" in counted(labeling)[hand.item.object_id]


def test_a_rebuild_never_counts_more_answers_than_were_asked_for(labeling: Labeling, clock: Clock) -> None:
    hand = _claimed_and_stored(labeling, "dee")
    clock.forward(60)
    labeling.work(("eve", "fay", "guy"), lambda item, worker: label("net"))
    assert len(stored(labeling)[hand.item.object_id]) == 3
    lose_the_queue(labeling)
    labeling.prepare(rebuild=True)
    assert all(len(workers) <= 2 for workers in counted(labeling).values())


def _claimed_and_stored(labeling: Labeling, worker: str) -> Hand:
    """A submission that died after the answer was in S3 and before it was counted."""
    hand = labeling.desk().next_task(worker, "", show=True)
    assert hand is not None
    desk = labeling.desk()
    saves = 0

    class Dying:
        def __getattr__(self, name: str) -> Any:
            return getattr(desk.queue, name)

        def save(self, before: QueuedObject, after: QueuedObject) -> None:
            nonlocal saves
            saves += 1
            if saves == 2:
                raise TimeoutError
            desk.queue.save(before, after)

    queue: Any = Dying()
    dying = type(desk)(**{name: getattr(desk, name) for name in desk.__slots__} | {"queue": queue})
    with pytest.raises(TimeoutError):
        dying.submit(
            worker,
            hand.item.entry,
            hand.token,
            lambda slot: {
                "workerId": worker,
                "answerContent": label("net"),
                "acceptanceTime": "2026-03-05T10:11:12.000Z",
                "submissionTime": "2026-03-05T10:11:13.000Z",
                "timeSpentInSeconds": 1.0,
            },
        )
    return hand


def test_a_rebuild_opens_nothing_while_the_job_is_being_stopped(labeling: Labeling) -> None:
    paths = labeling.at().paths
    opened = labeling.window().opened
    labeling.account.store.write_json(paths.opened(opened, 1), {"entries": [opened, 1], "openedAt": labeling.clock()})
    assert stop(labeling.at(), labeling.machine)  # type: ignore[arg-type]
    labeling.prepare(rebuild=True)
    assert labeling.window().opened == opened


def test_an_opening_that_was_only_recorded_is_done_by_the_rebuild(labeling: Labeling) -> None:
    opened, moment = labeling.window().opened, labeling.clock() - 100
    record = {"entries": [opened, 1], "openedAt": moment}
    labeling.account.store.write_json(labeling.at().paths.opened(opened, 1), record)
    labeling.prepare(rebuild=True)
    assert labeling.items()[opened].expires_at == moment + 7_200


def test_a_plan_whose_batches_were_never_labeled_does_not_hinder_the_next_execution(
    labeling: Labeling, clock: Clock
) -> None:
    clock.forward(600)
    assert labeling.select().plan == "0001-00001"
    labeling.execution(2)
    finished_soundly(labeling)


def test_a_round_that_broke_off_between_label_files_and_counting_is_repeated(
    labeling: Labeling, clock: Clock, account: Account
) -> None:
    clock.forward(600)
    before = account.items()
    assert labeling.turn()
    account.restore_table(before)
    labeling.execution(2)
    finished_soundly(labeling)


def test_a_shard_that_was_annotated_but_not_queued_is_queued_by_the_rebuild(account: Account, clock: Clock) -> None:
    labeling = Labeling.begin(account, clock, image_job(), pictures(4))
    labeling.prepare()
    labeling.annotate(0)
    labeling.prepare(rebuild=True)
    assert labeling.window().queued == 4

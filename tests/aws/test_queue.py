"""The queue's writes count once, whatever is repeated and whoever writes at the same time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from groundwork.aws.queue import Queue
from groundwork.aws.queue_item import moment_key
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject
from groundwork.task_dispatch.window import Window
from groundwork.task_dispatch.write_conflict import WriteConflictError

from tests.aws.account import NOW, Account, put_all
from tests.unit.task_dispatch.objects import LIMIT

KEY = "pier-kind"
LIFETIME = 86_400.0


def objects(count: int, first: int = 0, shard: int = 0, required: int = 1) -> list[QueuedObject]:
    return [
        QueuedObject(
            job_key=KEY, entry=entry, object_id=entry + 7, shard=shard, offset=entry * 80, length=79, required=required
        )
        for entry in range(first, first + count)
    ]


@pytest.fixture
def queue(account: Account, monkeypatch: pytest.MonkeyPatch) -> Queue:
    # DynamoDB's own limits, divided by ten: what is cut is cut in the same way, and in a tenth of the time.
    monkeypatch.setattr("groundwork.aws.queue.TRANSACTION_OBJECTS", 9)
    monkeypatch.setattr("groundwork.aws.queue.PAGE_OBJECTS", 5)
    queue = account.queue(KEY)
    queue.put_window(Window(max_concurrent=1_000, objects=300, shards=3))
    return queue


def opened(queue: Queue, count: int, required: int = 1) -> list[QueuedObject]:
    queue.add_shard(0, objects(count, required=required), 0)
    return queue.open_entries(queue.window(), count, NOW, LIFETIME)


def answered(item: QueuedObject, worker: str = "ada", now: float = NOW) -> QueuedObject:
    return slots.answer(slots.claim(slots.lease(item, worker, "t", now, LIMIT), worker, "t", now), worker, now)


def make_ready(queue: Queue, entry: int, now: float = NOW) -> None:
    before = queue.get(entry)
    queue.save(before, answered(before, now=now))


def test_a_queue_that_was_never_prepared_is_missed(account: Account) -> None:
    queue = account.queue("no-such-job")
    assert queue.find_window() is None
    with pytest.raises(LookupError, match="no-such-job"):
        queue.window()
    with pytest.raises(LookupError, match="no task 3"):
        queue.get(3)


def test_the_window_is_created_once_unless_it_is_to_be_replaced(queue: Queue) -> None:
    queue.set_window(opened=5)
    queue.put_window(Window(max_concurrent=1))
    assert queue.window().opened == 5
    queue.put_window(Window(max_concurrent=1), replace_old=True)
    assert queue.window() == Window(max_concurrent=1)


def test_window_attributes_are_set_and_removed(queue: Queue) -> None:
    queue.set_window(token="t", first_ready_at=NOW)
    queue.set_window(token=None, next_sweep_at=NOW + 5)
    window = queue.window()
    assert (window.token, window.first_ready_at, window.next_sweep_at) == (None, NOW, NOW + 5)


def test_shards_are_appended_in_order(queue: Queue) -> None:
    assert queue.add_shard(0, objects(10), 3)
    assert queue.add_shard(1, objects(12, 10, shard=1), 0)
    assert queue.add_shard(2, [], 50)
    window = queue.window()
    assert (window.annotated_shards, window.queued, window.skipped) == (3, 22, 53)
    assert queue.get(21) == objects(1, 21, shard=1)[0]


def test_a_shard_out_of_order_is_not_appended(queue: Queue) -> None:
    assert not queue.add_shard(1, objects(20, shard=1), 0)
    assert queue.window().queued == 0


def test_appending_a_shard_again_touches_nobodys_work(queue: Queue) -> None:
    item = opened(queue, 12)[3]
    queue.save(item, slots.lease(item, "ada", "t", NOW, LIMIT))
    before = list(queue.entries(0, 12))
    assert not queue.add_shard(0, objects(12), 0)
    assert list(queue.entries(0, 12)) == before
    assert queue.window().queued == 12


def test_a_shard_that_was_written_halfway_is_appended_by_the_next_attempt(account: Account, queue: Queue) -> None:
    put_all(account.table, [{"pk": f"JOB#{KEY}#000000", "sk": "00000000", "left": "over"}])
    assert queue.add_shard(0, objects(2), 0)
    assert queue.get(0) == objects(1)[0]


def test_objects_enter_the_window_in_order(queue: Queue) -> None:
    queue.add_shard(0, objects(25), 0)
    first = queue.open_entries(queue.window(), 12, NOW, LIFETIME)
    assert [item.entry for item in first] == list(range(12))
    second = queue.open_entries(queue.window(), 3, NOW + 1, LIFETIME)
    assert [item.entry for item in second] == [12, 13, 14]
    assert queue.window().opened == 15
    assert queue.get(14).status is ObjectStatus.OPEN
    assert queue.get(15).status is ObjectStatus.QUEUED


def test_of_two_who_open_the_same_objects_one_does(queue: Queue) -> None:
    queue.add_shard(0, objects(10), 0)
    window = queue.window()
    queue.open_entries(window, 4, NOW, LIFETIME)
    make_ready(queue, 0)
    with pytest.raises(WriteConflictError):
        queue.open_entries(window, 4, NOW + 5, LIFETIME)
    assert queue.window().opened == 4
    assert queue.get(0).status is ObjectStatus.READY


def test_nothing_enters_the_window_of_a_job_that_is_being_stopped(queue: Queue) -> None:
    queue.add_shard(0, objects(10), 0)
    queue.set_window(stop_deadline=NOW)
    with pytest.raises(WriteConflictError):
        queue.open_entries(queue.window(), 4, NOW, LIFETIME)


def test_an_object_comes_back_from_the_table_as_it_was_saved(queue: Queue) -> None:
    item = opened(queue, 1, required=3)[0]
    item_with_slots = slots.decline(slots.lease(answered(item), "bo", "b", NOW, LIMIT), "bo", "b", NOW, "too dark")
    queue.save(item, item_with_slots)
    assert queue.get(0) == item_with_slots


def test_of_two_writers_the_second_has_to_read_again(queue: Queue) -> None:
    item = opened(queue, 1, required=3)[0]
    queue.save(item, slots.lease(item, "ada", "a", NOW, LIMIT))
    with pytest.raises(WriteConflictError):
        queue.save(item, slots.lease(item, "bo", "b", NOW, LIMIT))
    assert list(queue.get(0).slots) == ["ada"]


def test_an_object_that_becomes_ready_is_counted_once_even_when_saved_again(queue: Queue) -> None:
    item = opened(queue, 2)[0]
    after = answered(item)
    queue.save(item, after)
    with pytest.raises(WriteConflictError):
        queue.save(item, after)
    window = queue.window()
    assert (window.ready, window.unanswered, window.open) == (1, 0, 1)
    assert (window.first_ready_at, window.last_ready_at) == (NOW, NOW)
    make_ready(queue, 1, NOW + 9)
    window = queue.window()
    assert (window.ready, window.first_ready_at, window.last_ready_at) == (2, NOW, NOW + 9)


def test_two_sweeps_of_an_expired_object_count_it_once_and_as_unanswered(queue: Queue) -> None:
    item = opened(queue, 1)[0]
    expired = slots.expire(item, NOW + LIFETIME)
    queue.save(item, expired)
    with pytest.raises(WriteConflictError):
        queue.save(item, expired)
    assert (queue.window().ready, queue.window().unanswered) == (1, 1)


def test_objects_are_done_once(queue: Queue) -> None:
    opened(queue, 13)
    for entry in range(12):
        make_ready(queue, entry)
    queue.mark_done(range(11))
    queue.mark_done(range(13))
    queue.mark_done(range(13))
    window = queue.window()
    assert (window.ready, window.done) == (12, 12)
    assert queue.ready_entries() == []
    assert queue.get(12).status is ObjectStatus.OPEN


def test_ready_objects_are_listed_oldest_first(queue: Queue) -> None:
    opened(queue, 3)
    for entry, moment in ((2, NOW), (0, NOW + 1)):
        make_ready(queue, entry, moment)
    assert queue.ready_entries() == [2, 0]


def test_available_objects_are_listed_oldest_first(queue: Queue) -> None:
    opened(queue, 12, required=2)
    item = queue.get(4)
    queue.save(item, slots.lease(item, "ada", "t", NOW, LIMIT))
    found = list(queue.available("", NOW))
    assert [entry for _, entry, _ in found] == list(range(12))
    assert found[4] == (moment_key(NOW, 4), 4, ["ada"])


def test_an_object_whose_slots_are_taken_is_available_again_when_a_lease_ends(queue: Queue) -> None:
    item = opened(queue, 1)[0]
    queue.save(item, slots.lease(item, "ada", "t", NOW, LIMIT))
    assert list(queue.available("", NOW + LIMIT - 1)) == []
    assert [entry for _, entry, _ in queue.available("", NOW + LIMIT)] == [0]


def test_a_look_begins_after_the_position_of_the_last_one(queue: Queue) -> None:
    opened(queue, 3)
    first, second, third = queue.available("", NOW)
    assert list(queue.available(first[0], NOW)) == [second, third]
    assert list(queue.available(third[0], NOW)) == []


def test_more_objects_than_a_page_are_listed(queue: Queue) -> None:
    queue.add_shard(0, objects(12), 0)
    queue.open_entries(queue.window(), 12, NOW, LIFETIME)
    assert len(list(queue.available("", NOW))) == 12


def test_open_objects_are_found_however_busy_they_are(queue: Queue) -> None:
    items = opened(queue, 6)
    queue.save(items[2], slots.lease(items[2], "ada", "t", NOW, LIMIT))
    make_ready(queue, 3)
    assert sorted(item.entry for item in queue.open_items()) == [0, 1, 2, 4, 5]


def test_entries_are_read_across_partitions(account: Account, queue: Queue) -> None:
    put_all(
        account.table,
        [
            {"pk": f"JOB#{KEY}#{entry // 500:06d}", "sk": f"{entry:08d}", **_plain(item)}
            for entry, item in ((item.entry, item) for item in objects(6, 497))
        ],
    )
    assert [item.entry for item in queue.entries(498, 502)] == [498, 499, 500, 501]
    assert list(queue.entries(0, 0)) == []
    assert [item.entry for item in queue.find_many([502, 497, 900])] == [497, 502]


def _plain(item: QueuedObject) -> dict[str, object]:
    return {
        name: getattr(item, name) for name in ("job_key", "entry", "object_id", "shard", "offset", "length", "required")
    } | {"status": item.status.value, "slots": {}, "version": 0}


def test_the_queues_of_two_jobs_are_apart(account: Account, queue: Queue) -> None:
    other = account.queue("pier-kind-2")
    other.put_window(Window(max_concurrent=5, shards=1))
    other.add_shard(0, [replace(item, job_key="pier-kind-2") for item in objects(2)], 0)
    other.open_entries(other.window(), 2, NOW, LIFETIME)
    assert list(queue.available("", NOW)) == []
    assert queue.window().opened == 0

"""What workers do at the same desk at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from groundwork.task_dispatch.desk import Desk, Hand
from groundwork.task_dispatch.slots import (
    LeaseExpiredError,
    NotLeasedError,
    ObjectClosedError,
    ObjectStatus,
    QueuedObject,
    SlotState,
)
from groundwork.task_dispatch.write_conflict import WriteConflictError

from tests.aws.account import Account, Clock
from tests.aws.labeling import Labeling, label, pictures
from tests.formats.jobs import image_job


def started(account: Account, clock: Clock, objects: int, **changes: Any) -> Labeling:
    labeling = Labeling.begin(account, clock, image_job(**changes), pictures(objects))
    labeling.start()
    return labeling


def given(hand: Hand | None) -> Hand:
    assert hand is not None
    return hand


def answers(labeling: Labeling) -> list[str]:
    return list(labeling.account.store.keys(labeling.at().paths.answers_prefix))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make calls at the same moment; what each returns or raises."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_workers_who_race_for_the_last_slot_do_not_both_get_it(account: Account, clock: Clock) -> None:
    for number in range(5):
        labeling = started(account, clock, 1, name=f"race-{number}", workers_per_object=1)
        desks = [(worker, labeling.desk()) for worker in ("ada", "bo")]
        hands = at_once(*(lambda w=worker, d=desk: d.next_task(w, "", show=True) for worker, desk in desks))
        assert sum(isinstance(hand, Hand) for hand in hands) == 1
        assert hands.count(None) == 1


def test_a_worker_who_loses_a_race_in_the_middle_of_it_looks_again(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 2, workers_per_object=1)
    rival = labeling.desk()

    class Racing:
        """The queue, in which somebody else takes the object just before it is saved."""

        lost = 0

        def __getattr__(self, name: str) -> Any:
            return getattr(rival.queue, name)

        def save(self, before: QueuedObject, after: QueuedObject) -> None:
            if not self.lost:
                self.lost += 1
                assert rival.take("bo", before.entry, show=True)
            rival.queue.save(before, after)

    queue: Any = Racing()
    mine = given(replace(labeling.desk(), queue=queue).next_task("ada", "", show=True))
    theirs = [item for item in labeling.items() if "bo" in item.slots]
    assert [item.entry for item in theirs] != [mine.item.entry]
    assert queue.lost == 1


def test_an_action_that_loses_every_race_is_refused_and_not_lost_silently(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1)
    hand = given(labeling.desk().next_task("ada", "", show=True))

    class AlwaysBehind:
        def __getattr__(self, name: str) -> Any:
            return getattr(labeling.desk().queue, name)

        def save(self, before: QueuedObject, after: QueuedObject) -> None:
            raise WriteConflictError

    queue: Any = AlwaysBehind()
    desk = replace(labeling.desk(), queue=queue)
    with pytest.raises(ObjectClosedError):
        desk.submit("ada", hand.item.entry, hand.token, lambda slot: label("net"))
    assert answers(labeling) == []


def test_a_double_click_is_one_answer_and_both_clicks_are_told_that_it_is_stored(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock, 1, workers_per_object=1)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    click = lambda: labeling.submit("ada", hand, label("net"))  # noqa: E731
    assert at_once(click, click, click) == [None, None, None]
    assert labeling.submit("ada", hand, label("boat")) is None  # type: ignore[func-returns-value]
    assert len(answers(labeling)) == 1
    stored = account.store.read_json(labeling.at().paths.answer(0, "ada"))
    assert stored["answerContent"] == label("net")
    window = labeling.window()
    assert (window.ready, window.unanswered) == (1, 0)


def test_an_answer_after_the_time_limit_is_refused_and_nothing_is_stored(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1, task_time_limit=300)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    clock.forward(300)
    with pytest.raises(LeaseExpiredError):
        labeling.submit("ada", hand, label("net"))
    assert answers(labeling) == []
    assert labeling.items()[0].answered_by == ()


def test_an_answer_with_somebody_elses_token_is_refused_and_nothing_is_stored(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    with pytest.raises(NotLeasedError):
        labeling.submit("bo", hand, label("net"))
    assert answers(labeling) == []


def test_a_call_that_died_before_the_answer_was_counted_is_repeated_by_the_portal(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock, 1, workers_per_object=1)
    hand = given(labeling.desk().next_task("ada", "", show=True))

    class Dying:
        def write_new(self, *_: Any) -> bool:
            raise TimeoutError

    store: Any = Dying()
    with pytest.raises(TimeoutError):
        replace(labeling.desk(), store=store).submit("ada", 0, hand.token, lambda slot: label("net"))
    clock.forward(5)
    labeling.submit("ada", hand, label("net"))
    assert labeling.items()[0].answered_by == ("ada",)
    assert len(answers(labeling)) == 1


def test_as_many_declines_as_answers_asked_for_close_the_object_and_lie_in_s3(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1, workers_per_object=2)
    for worker in ("ada", "bo"):
        hand = given(labeling.desk().next_task(worker, "", show=True))
        labeling.desk().decline(worker, hand.item.entry, hand.token, "too dark")
        assert labeling.desk().next_task(worker, "", show=True) is None
    assert labeling.items()[0].status is ObjectStatus.READY
    assert labeling.desk().next_task("cy", "", show=True) is None
    stored = account.store.read_json(labeling.at().paths.decline(0, "bo"))
    assert stored == {"workerId": "bo", "reason": "too dark", "declinedAt": clock()}
    assert labeling.window().unanswered == 1


def test_a_skipped_object_is_offered_again_only_when_nothing_else_is_left(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 6, workers_per_object=1)
    first = given(labeling.desk().next_task("ada", "", show=True))
    labeling.desk().skip("ada", first.item.entry, first.token)
    seen = []
    for _ in range(6):
        hand = given(labeling.desk().next_task("ada", "", show=True))
        seen.append(hand.item.entry)
        labeling.submit("ada", hand, label("net"))
    assert seen[-1] == first.item.entry
    assert sorted(seen) == list(range(6))


def test_every_object_is_answered_by_as_many_different_workers_as_asked_for(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 5, workers_per_object=3)
    labeling.work(("ada", "bo", "cy", "dee", "eve"), lambda item, worker: label("net"))
    assert [len(item.answered_by) for item in labeling.items()] == [3] * 5
    assert len(answers(labeling)) == 15


def test_a_worker_who_never_submits_holds_up_nobody(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 8, max_concurrent=2, workers_per_object=1, task_time_limit=3_600)
    slow = given(labeling.desk().next_task("slow", "", show=True))
    labeling.work(("ada", "bo"), lambda item, worker: label("net"))
    left = [item.entry for item in labeling.items() if item.status is not ObjectStatus.READY]
    assert left == [slow.item.entry]
    clock.forward(3_600)
    labeling.work(("ada",), lambda item, worker: label("net"))
    assert labeling.window().exhausted()


def test_never_more_objects_are_open_than_max_concurrent_task_count(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 7, max_concurrent=2, workers_per_object=2)
    while labeling.work(("ada", "bo"), lambda item, worker: label("net"), most=1):
        states = [item.status for item in labeling.items()]
        assert states.count(ObjectStatus.OPEN) == labeling.window().open <= 2
    assert labeling.window().ready == 7


def test_a_prefetched_task_is_kept_and_its_clock_starts_when_it_is_shown(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 2, workers_per_object=1, task_time_limit=300)
    hand = given(labeling.desk().next_task("ada", "", show=False))
    assert hand.lease_until("ada") is None
    clock.forward(500)
    other = given(labeling.desk().next_task("bo", "", show=True))
    assert other.item.entry != hand.item.entry
    item = labeling.desk().show("ada", hand.item.entry, hand.token)
    assert item.slots["ada"].until == clock() + 300


def test_a_task_in_hand_is_given_back_after_a_reload_with_the_same_token(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 2)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    clock.forward(60)
    again = given(labeling.desk().take("ada", hand.item.entry, show=True))
    assert again.token == hand.token
    assert again.lease_until("ada") == hand.lease_until("ada")


def test_a_task_whose_time_ran_out_can_be_taken_again_while_it_is_free(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1, workers_per_object=1, task_time_limit=300)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    clock.forward(301)
    again = given(labeling.desk().take("ada", hand.item.entry, show=True))
    assert again.token != hand.token
    assert labeling.desk().take("bo", hand.item.entry, show=True) is None


def test_an_answered_task_is_not_given_again(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 1, workers_per_object=2)
    hand = given(labeling.desk().next_task("ada", "", show=True))
    labeling.submit("ada", hand, label("net"))
    assert labeling.desk().take("ada", 0, show=True) is None
    assert labeling.desk().next_task("ada", "", show=True) is None


def test_a_worker_reads_on_where_their_last_task_was_and_still_finds_what_came_back(
    account: Account, clock: Clock
) -> None:
    labeling = started(account, clock, 12, workers_per_object=1, task_time_limit=300)
    given(labeling.desk().next_task("slow", "", show=True))
    position, seen = "", set()
    for _ in range(11):
        hand = given(labeling.desk().next_task("ada", position, show=True))
        labeling.submit("ada", hand, label("net"))
        position = hand.position
        seen.add(hand.item.entry)
    assert labeling.desk().next_task("ada", position, show=True) is None
    clock.forward(301)
    hand = given(labeling.desk().next_task("ada", position, show=True))
    assert seen | {hand.item.entry} == set(range(12))


def test_many_workers_at_once_never_get_more_answers_than_asked_for(account: Account, clock: Clock) -> None:
    labeling = started(account, clock, 4, max_concurrent=2, workers_per_object=2)

    def work(worker: str, desk: Desk) -> int:
        done = 0
        while hand := desk.next_task(worker, "", show=True):
            labeling.submit(worker, hand, label("net"))
            done += 1
        return done

    workers = [(name, labeling.desk()) for name in ("ada", "bo", "cy")]
    done = at_once(*(lambda n=name, d=desk: work(n, d) for name, desk in workers))
    items = labeling.items()
    opened = [item for item in items if item.status is ObjectStatus.READY]
    assert sum(done) == sum(item.count(SlotState.ANSWERED) for item in items) == len(answers(labeling))
    assert all(item.count(SlotState.ANSWERED) == 2 for item in opened)
    assert labeling.window().ready == len(opened)

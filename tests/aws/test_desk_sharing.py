"""Many workers share the tasks of a job, and each keeps what is theirs."""

from __future__ import annotations

from groundwork.task_dispatch.desk import Desk
from groundwork.task_dispatch.slots import (
    ObjectStatus,
    SlotState,
)

from tests.aws.account import Account, Clock
from tests.aws.desks import answers, at_once, given, started
from tests.aws.labeling import label


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

"""What workers do at the same desk at the same time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from groundwork.task_dispatch.desk import Hand
from groundwork.task_dispatch.slots import (
    LeaseExpiredError,
    NotLeasedError,
    ObjectClosedError,
    ObjectStatus,
    QueuedObject,
)
from groundwork.task_dispatch.write_conflict import WriteConflictError

from tests.aws.account import Account, Clock
from tests.aws.desks import answers, at_once, given, started
from tests.aws.labeling import label


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

"""A data object that asks for more answers only as long as those it has are not enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from groundwork.consolidation.plan import PlannedObject, planned
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.slots import ObjectClosedError, ObjectStatus, QueuedObject, SlotState

from tests.unit.task_dispatch.objects import LIFETIME, LIMIT, NOW, opened


def agreed(votes: Mapping[str, Any]) -> bool:
    return len(set(votes.values())) == 1


def begun(least: int = 2, most: int = 4) -> QueuedObject:
    return opened(required=least, most=most)


def submit(item: QueuedObject, worker: str, vote: int | None, now: float = NOW) -> QueuedObject:
    leased = slots.lease(item, worker, f"{worker}-token", now, LIMIT)
    return slots.answer(slots.claim(leased, worker, f"{worker}-token", now), worker, now, vote, agreed)


def test_answers_that_are_enough_make_the_object_ready() -> None:
    item = submit(submit(begun(), "ada", 1), "bo", 1)
    assert (item.status, item.required, item.ready_at) == (ObjectStatus.READY, 2, NOW)
    assert item.votes == {"ada": 1, "bo": 1}


def test_nothing_is_decided_before_the_answers_that_were_asked_for_are_there() -> None:
    item = submit(begun(), "ada", 1)
    assert (item.status, item.required) == (ObjectStatus.OPEN, 2)


def test_answers_that_are_not_enough_ask_for_one_more_in_the_same_write() -> None:
    before = submit(begun(), "ada", 1)
    item = submit(before, "bo", 2, NOW + 9)
    assert (item.status, item.required, item.free(NOW + 9)) == (ObjectStatus.OPEN, 3, 1)
    assert item.available_at == NOW + 9
    assert item.version == before.version + 3


def test_no_more_than_the_most_are_asked_for() -> None:
    item = begun()
    for worker, vote in (("ada", 1), ("bo", 2), ("cy", 3), ("dee", 4)):
        assert item.status is ObjectStatus.OPEN
        item = submit(item, worker, vote)
    assert (item.status, item.required) == (ObjectStatus.READY, 4)


def test_nobody_who_has_answered_is_asked_for_the_further_answer() -> None:
    item = submit(submit(begun(), "ada", 1), "bo", 2)
    with pytest.raises(ObjectClosedError):
        slots.lease(item, "ada", "t", NOW, LIMIT)
    assert slots.lease(item, "cy", "t", NOW, LIMIT).slots["cy"].state is SlotState.LEASED


def test_the_answer_of_a_repeated_call_is_weighed_once() -> None:
    item = submit(submit(begun(), "ada", 1), "bo", 2)
    assert slots.answer(item, "bo", NOW, 2, agreed) is item


def test_a_worker_who_is_at_it_may_finish_while_it_asks_for_more() -> None:
    item = begun()
    for worker in ("ada", "bo"):
        item = slots.lease(item, worker, f"{worker}-token", NOW, LIMIT)
    for worker, vote in (("ada", 1), ("bo", 2)):
        claimed = slots.claim(item, worker, f"{worker}-token", NOW)
        item = slots.answer(claimed, worker, NOW, vote, agreed)
    assert item.required == 3


def test_one_decline_does_not_close_an_object_that_asks_for_one_answer() -> None:
    item = begun(least=1, most=2)
    for worker, status in (("ada", ObjectStatus.OPEN), ("bo", ObjectStatus.READY)):
        item = slots.lease(item, worker, f"{worker}-token", NOW, LIMIT)
        item = slots.decline(item, worker, f"{worker}-token", NOW, "blurred")
        assert item.status is status


def test_an_object_whose_time_is_over_is_labeled_by_the_answers_it_has_and_misses_what_it_still_asked_for() -> None:
    item = submit(submit(begun(), "ada", 1), "bo", 2)
    closed = slots.expire(item, NOW + LIFETIME)
    assert closed.status is ObjectStatus.READY
    described = planned(closed, None)
    assert isinstance(described, PlannedObject)
    assert (described.workers, described.missing) == (("ada", "bo"), 1)


def test_answers_that_nobody_wanted_any_more_are_not_missing() -> None:
    described = planned(submit(submit(begun(), "ada", 1), "bo", 1), None)
    assert isinstance(described, PlannedObject)
    assert described.missing == 0


def test_an_answer_that_lands_when_the_time_is_over_asks_for_no_other() -> None:
    item = slots.lease(submit(begun(), "ada", 1), "bo", "bo-token", NOW + LIFETIME - 5, LIMIT)
    claimed = slots.claim(item, "bo", "bo-token", NOW + LIFETIME - 1)
    landed = slots.answer(claimed, "bo", NOW + LIFETIME + 2, 2, agreed)
    assert (landed.status, landed.required) == (ObjectStatus.READY, 2)


def test_with_fixed_redundancy_nobody_is_asked_whether_the_answers_are_enough() -> None:
    item = submit(submit(replace(begun(), most=None), "ada", 1), "bo", 2)
    assert (item.status, item.required) == (ObjectStatus.READY, 2)

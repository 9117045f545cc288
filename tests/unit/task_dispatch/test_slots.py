"""Every step of a slot, and every refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.slots import (
    CLAIM_SECONDS,
    AlreadySubmittedError,
    LeaseExpiredError,
    NotLeasedError,
    ObjectClosedError,
    ObjectStatus,
    QueuedObject,
    SlotState,
)

from tests.unit.task_dispatch.objects import LIFETIME, LIMIT, NOW, leased, opened, queued


def submit(item: QueuedObject, worker: str, now: float = NOW) -> QueuedObject:
    return slots.answer(slots.claim(item, worker, f"{worker}-token", now), worker, now)


def test_opening_starts_the_availability_lifetime() -> None:
    item = opened()
    assert (item.status, item.opened_at, item.expires_at) == (ObjectStatus.OPEN, NOW, NOW + LIFETIME)
    assert item.available_at == NOW
    assert item.version == 1


def test_a_queued_object_can_not_be_taken() -> None:
    with pytest.raises(ObjectClosedError):
        slots.lease(queued(), "ada", "t", NOW, LIMIT)


def test_a_lease_runs_from_showing_for_the_time_limit() -> None:
    slot = leased("ada").slots["ada"]
    assert (slot.state, slot.accepted_at, slot.until) == (SlotState.LEASED, NOW, NOW + LIMIT)


def test_a_lease_never_outlives_the_object() -> None:
    item = slots.lease(opened(), "ada", "t", NOW + LIFETIME - 10, LIMIT)
    assert item.slots["ada"].until == NOW + LIFETIME


def test_a_reservation_has_no_running_clock_until_it_is_shown() -> None:
    reserved = slots.reserve(opened(), "ada", "t", NOW, 900)
    assert reserved.slots["ada"].state is SlotState.RESERVED
    assert reserved.slots["ada"].accepted_at is None
    shown = slots.show(reserved, "ada", "t", NOW + 60, LIMIT)
    assert shown.slots["ada"].accepted_at == NOW + 60
    assert shown.slots["ada"].until == NOW + 60 + LIMIT


def test_the_last_slot_is_given_once() -> None:
    item = leased("ada", "bo", required=2)
    for take in (slots.reserve, slots.lease):
        with pytest.raises(ObjectClosedError):
            take(item, "cy", "t", NOW, LIMIT)


def test_a_slot_is_free_again_when_its_lease_has_run_out() -> None:
    item = leased("ada", required=1)
    assert item.available_at == NOW + LIMIT
    assert slots.lease(item, "bo", "t", NOW + LIMIT, LIMIT).slots["bo"].state is SlotState.LEASED


def test_showing_a_shown_task_again_does_not_give_more_time() -> None:
    item = leased("ada")
    assert slots.show(item, "ada", "ada-token", NOW + 100, LIMIT) is item


def test_a_reservation_that_ran_out_is_shown_if_the_slot_is_still_free() -> None:
    reserved = slots.reserve(opened(1), "ada", "t", NOW, 900)
    assert slots.show(reserved, "ada", "t", NOW + 1_000, LIMIT).slots["ada"].until == NOW + 1_000 + LIMIT


def test_a_reservation_that_ran_out_is_lost_to_whoever_took_the_slot() -> None:
    reserved = slots.reserve(opened(1), "ada", "t", NOW, 900)
    taken = slots.lease(reserved, "bo", "b", NOW + 901, LIMIT)
    with pytest.raises(ObjectClosedError):
        slots.show(taken, "ada", "t", NOW + 902, LIMIT)


def test_an_answered_task_can_not_be_shown_again() -> None:
    with pytest.raises(NotLeasedError):
        slots.show(submit(leased("ada"), "ada"), "ada", "ada-token", NOW, LIMIT)


@pytest.mark.parametrize(
    "act",
    [
        lambda item, token: slots.show(item, "ada", token, NOW, LIMIT),
        lambda item, token: slots.claim(item, "ada", token, NOW),
        lambda item, token: slots.decline(item, "ada", token, NOW, None),
        lambda item, token: slots.skip(item, "ada", token, NOW),
    ],
    ids=["show", "claim", "decline", "skip"],
)
@pytest.mark.parametrize("token", ["", "bo-token"])
def test_without_the_workers_own_token_nothing_can_be_done(
    act: Callable[[QueuedObject, str], QueuedObject], token: str
) -> None:
    for item in (opened(), leased("ada", "bo")):
        with pytest.raises(NotLeasedError):
            act(item, token)


def test_a_claim_after_the_time_limit_is_refused() -> None:
    item = leased("ada")
    assert slots.claim(item, "ada", "ada-token", NOW + LIMIT - 0.001)
    with pytest.raises(LeaseExpiredError):
        slots.claim(item, "ada", "ada-token", NOW + LIMIT)


def test_a_reserved_task_can_not_be_answered_unseen() -> None:
    with pytest.raises(NotLeasedError):
        slots.claim(slots.reserve(opened(), "ada", "t", NOW, 900), "ada", "t", NOW)


def test_a_claim_on_a_closed_object_is_refused() -> None:
    item = slots.expire(leased("ada"), NOW + LIFETIME)
    with pytest.raises(ObjectClosedError):
        slots.claim(item, "ada", "ada-token", NOW + LIFETIME)


def test_a_repeated_claim_keeps_the_moment_of_submission() -> None:
    first = slots.claim(leased("ada"), "ada", "ada-token", NOW + 5)
    again = slots.claim(first, "ada", "ada-token", NOW + 9)
    assert again.slots["ada"].submitted_at == NOW + 5
    assert again.slots["ada"].until == NOW + 9 + CLAIM_SECONDS


def test_a_claim_that_ran_out_can_be_repeated_only_while_its_slot_is_free() -> None:
    claimed = slots.claim(leased("ada", required=1), "ada", "ada-token", NOW)
    later = NOW + CLAIM_SECONDS + 1
    assert slots.claim(claimed, "ada", "ada-token", later).slots["ada"].state is SlotState.CLAIMED
    taken = slots.lease(claimed, "bo", "b", later, LIMIT)
    with pytest.raises(NotLeasedError):
        slots.claim(taken, "ada", "ada-token", later)


def test_an_answered_task_says_that_it_is_stored() -> None:
    item = submit(leased("ada"), "ada")
    with pytest.raises(AlreadySubmittedError):
        slots.claim(item, "ada", "whatever", NOW)
    with pytest.raises(AlreadySubmittedError):
        slots.decline(item, "ada", "ada-token", NOW, None)


def test_the_last_answer_makes_the_object_ready_and_a_repetition_changes_nothing() -> None:
    item = submit(submit(leased("ada", "bo", required=2), "ada"), "bo", NOW + 7)
    assert (item.status, item.ready_at, item.available_at) == (ObjectStatus.READY, NOW + 7, None)
    assert item.answered_by == ("ada", "bo")
    assert slots.answer(item, "bo", NOW + 8) is item


def test_as_many_declines_as_answers_asked_for_close_the_object() -> None:
    item = slots.decline(leased("ada", "bo", required=2), "ada", "ada-token", NOW, "too dark")
    assert item.status is ObjectStatus.OPEN
    assert not item.may_take("ada", NOW + LIMIT + 1, skipped_too=True)
    item = slots.decline(item, "bo", "bo-token", NOW, None)
    assert (item.status, item.answered_by) == (ObjectStatus.READY, ())


def test_a_repeated_decline_counts_once() -> None:
    item = slots.decline(leased("ada", required=2), "ada", "ada-token", NOW, "too dark")
    assert slots.decline(item, "ada", "ada-token", NOW + 1, "again") is item


def test_declines_wait_for_an_answer_on_its_way_which_closes_the_object_when_it_lands() -> None:
    item = slots.claim(leased("ada", "bo", required=2), "ada", "ada-token", NOW)
    item = slots.decline(item, "bo", "bo-token", NOW, None)
    item = slots.lease(item, "cy", "cy-token", NOW, LIMIT)
    item = slots.decline(item, "cy", "cy-token", NOW, None)
    assert item.status is ObjectStatus.OPEN
    item = slots.answer(item, "ada", NOW + 1)
    assert (item.status, item.answered_by) == (ObjectStatus.READY, ("ada",))


def test_an_answer_on_its_way_can_be_neither_declined_nor_skipped() -> None:
    item = slots.claim(leased("ada", required=1), "ada", "ada-token", NOW)
    with pytest.raises(AlreadySubmittedError):
        slots.decline(item, "ada", "ada-token", NOW + 1, None)
    with pytest.raises(AlreadySubmittedError):
        slots.skip(item, "ada", "ada-token", NOW + 1)


def test_a_skipped_object_is_kept_from_its_worker_unless_nothing_else_is_left() -> None:
    item = slots.skip(leased("ada", required=1), "ada", "ada-token", NOW)
    assert item.may_take("bo", NOW)
    assert not item.may_take("ada", NOW)
    assert item.may_take("ada", NOW, skipped_too=True)


def test_an_answered_task_can_not_be_skipped() -> None:
    with pytest.raises(AlreadySubmittedError):
        slots.skip(submit(leased("ada"), "ada"), "ada", "ada-token", NOW)


def test_an_object_keeps_its_place_in_the_order_while_it_stays_available() -> None:
    item = slots.lease(opened(), "ada", "t", NOW + 50, LIMIT)
    assert item.available_at == NOW
    full = slots.lease(slots.lease(item, "bo", "t", NOW + 51, LIMIT), "cy", "t", NOW + 52, LIMIT)
    assert full.available_at == NOW + 50 + LIMIT
    assert slots.skip(full, "cy", "t", NOW + 60).available_at == NOW + 60


def test_an_object_expires_with_what_answers_it_has() -> None:
    item = submit(leased("ada", "bo"), "ada")
    assert slots.expire(item, NOW + LIFETIME - 1) is item
    closed = slots.expire(item, NOW + LIFETIME)
    assert (closed.status, closed.answered_by) == (ObjectStatus.READY, ("ada",))
    assert slots.expire(closed, NOW + LIFETIME) is closed


def test_expiry_waits_for_an_answer_on_its_way() -> None:
    late = NOW + LIFETIME - 1
    item = slots.claim(slots.lease(opened(), "ada", "t", late, LIMIT), "ada", "t", late)
    assert slots.expire(item, NOW + LIFETIME) is item
    assert slots.busy_until(item, NOW + LIFETIME) == late + CLAIM_SECONDS
    landed = slots.answer(item, "ada", NOW + LIFETIME)
    assert slots.expire(landed, NOW + LIFETIME).answered_by == ("ada",)


def test_stopping_closes_an_object_nobody_is_at() -> None:
    item = slots.close(slots.reserve(opened(), "ada", "t", NOW, 900), NOW + 1, NOW + 900)
    assert item.status is ObjectStatus.READY
    assert item.slots == {}


def test_stopping_leaves_a_worker_the_grace_period_and_nobody_else_begins() -> None:
    deadline = NOW + 60
    item = slots.close(leased("ada"), NOW + 1, deadline)
    assert item.status is ObjectStatus.OPEN
    assert item.slots["ada"].until == deadline
    assert not item.may_take("bo", NOW + 2)
    with pytest.raises(LeaseExpiredError):
        slots.claim(item, "ada", "ada-token", deadline)
    landed = slots.close(submit(item, "ada", NOW + 30), NOW + 31, deadline)
    assert (landed.status, landed.answered_by) == (ObjectStatus.READY, ("ada",))


def test_the_grace_period_never_lengthens_a_lease() -> None:
    assert slots.close(leased("ada"), NOW + 1, NOW + 900).slots["ada"].until == NOW + LIMIT


def test_the_end_of_the_grace_period_waits_for_an_answer_on_its_way_to_s3() -> None:
    claimed = slots.claim(slots.close(leased("ada"), NOW, NOW + 900), "ada", "ada-token", NOW + 60)
    item = slots.close(claimed, NOW + 61, NOW + 61)
    assert (item.status, slots.busy_until(item, NOW + 61)) == (ObjectStatus.OPEN, NOW + 60 + CLAIM_SECONDS)
    item = slots.answer(item, "ada", NOW + 62)
    assert slots.close(item, NOW + 63, NOW + 61).answered_by == ("ada",)
    assert slots.close(item, NOW + 63, NOW + 61).status is ObjectStatus.READY


def test_stopping_waits_for_an_answer_on_its_way() -> None:
    item = slots.close(slots.claim(leased("ada"), "ada", "ada-token", NOW), NOW + 1, NOW + 900)
    assert item.status is ObjectStatus.OPEN
    assert slots.answer(item, "ada", NOW + 2).answered_by == ("ada",)


@pytest.mark.parametrize(
    "change", [lambda item: slots.close(item, NOW, NOW + 900), lambda item: slots.expire(item, NOW)]
)
def test_an_object_that_is_not_open_is_not_closed(change: Callable[[QueuedObject], QueuedObject]) -> None:
    for item in (queued(), submit(leased("ada", required=1), "ada")):
        assert change(item) is item


def test_an_answer_found_in_s3_takes_a_slot_nobody_knew_of() -> None:
    item = slots.answer(opened(1), "ada", NOW)
    assert (item.status, item.answered_by) == (ObjectStatus.READY, ("ada",))


def test_a_decline_found_in_s3_needs_no_token() -> None:
    item = slots.decline(opened(1), "ada", None, NOW, "too dark")
    assert item.status is ObjectStatus.READY
    assert item.slots["ada"].reason == "too dark"

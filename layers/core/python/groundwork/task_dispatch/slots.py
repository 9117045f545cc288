"""The slots of one data object: who holds it, who answered it, when it is ready.

A data object asks for `required` answers of different workers; with adaptive redundancy for one more each time that
those are not enough, up to `most`. Every action of a worker is a function
from the object as it is to the object as it becomes; the gateway writes the result on condition that
nobody else wrote in between, so each race has one clean outcome. Times are epoch seconds.

Life of a slot: reserved (prefetched) → leased (shown, the clock runs) → claimed (the answer is on its way
to S3) → answered; or declined, or skipped. A reservation, lease or claim ends by its `until`, in the
condition and never by a timer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from groundwork.task_dispatch.enough import Enough, as_asked
from groundwork.task_dispatch.queued_object import (
    HOLDING,
    AlreadySubmittedError,
    LeaseExpiredError,
    NotLeasedError,
    ObjectClosedError,
    ObjectStatus,
    QueuedObject,
    Slot,
    SlotState,
    TaskConflictError,
)

__all__ = [
    "HOLDING",
    "AlreadySubmittedError",
    "LeaseExpiredError",
    "NotLeasedError",
    "ObjectClosedError",
    "ObjectStatus",
    "QueuedObject",
    "Slot",
    "SlotState",
    "TaskConflictError",
]

CLAIM_SECONDS = 30
"""How long a claim keeps its slot while the answer is written to S3; a portal call ends after 29 s."""


def open_object(item: QueuedObject, now: float, lifetime: float) -> QueuedObject:
    """Let a queued data object into the window; its availability lifetime starts."""
    opened = replace(item, status=ObjectStatus.OPEN, opened_at=now, expires_at=now + lifetime, available_at=now)
    return replace(opened, version=item.version + 1)


def reserve(item: QueuedObject, worker: str, token: str, now: float, hold: float) -> QueuedObject:
    """Keep a slot for a worker who is still at another task; the clock does not run.

    Raises
    ------
    ObjectClosedError
        Somebody else took the last slot, or the object is no longer open.
    """
    if not item.may_take(worker, now, skipped_too=True):
        raise ObjectClosedError("Another worker took this task.")
    until = min(now + hold, item.expires_at or now)
    return item.with_slot(worker, Slot(SlotState.RESERVED, token, until), now)


def lease(item: QueuedObject, worker: str, token: str, now: float, limit: float) -> QueuedObject:
    """Show the task to a worker: the clock starts and ends with the time limit or the object's own lifetime.

    Raises
    ------
    ObjectClosedError
        Somebody else took the last slot, or the object is no longer open.
    """
    if not item.may_take(worker, now, skipped_too=True):
        raise ObjectClosedError("Another worker took this task.")
    until = min(now + limit, item.expires_at or now)
    return item.with_slot(worker, Slot(SlotState.LEASED, token, until, accepted_at=now), now)


def show(item: QueuedObject, worker: str, token: str, now: float, limit: float) -> QueuedObject:
    """Start the clock of a reserved task; a reservation that ran out is renewed if the slot is still free.

    Raises
    ------
    NotLeasedError
        The token is not the worker's.
    ObjectClosedError
        The slot is gone.
    """
    slot = _own(item, worker, token)
    if slot.state is SlotState.LEASED:
        return item
    if slot.state is not SlotState.RESERVED:
        raise NotLeasedError("This task is not yours to begin.")
    if not item.accepts(now) or (not slot.holds(now) and item.free(now) <= 0):
        raise ObjectClosedError("Another worker took this task.")
    until = min(now + limit, item.expires_at or now)
    return item.with_slot(worker, replace(slot, state=SlotState.LEASED, until=until, accepted_at=now), now)


def claim(item: QueuedObject, worker: str, token: str, now: float) -> QueuedObject:
    """Claim the slot before the answer is written; a repeated claim with the same token is the same claim.

    Raises
    ------
    AlreadySubmittedError
        The answer is stored already.
    LeaseExpiredError
        The time limit has passed.
    NotLeasedError
        The worker does not hold this task.
    ObjectClosedError
        The data object takes no more answers.
    """
    slot = item.slots.get(worker)
    if slot is not None and slot.state is SlotState.ANSWERED:
        raise AlreadySubmittedError("Your answer to this task is stored already.")
    slot = _own(item, worker, token)
    if item.status is not ObjectStatus.OPEN:
        raise ObjectClosedError("This task is closed and takes no more answers.")
    if slot.state is SlotState.CLAIMED and (slot.holds(now) or item.free(now) > 0):
        return item.with_slot(worker, replace(slot, until=now + CLAIM_SECONDS), now)
    if slot.state is not SlotState.LEASED:
        raise NotLeasedError("This task is not yours to answer.")
    if not slot.holds(now):
        raise LeaseExpiredError("The time limit of this task has passed; the answer was not taken.")
    claimed = replace(slot, state=SlotState.CLAIMED, until=now + CLAIM_SECONDS, submitted_at=now)
    return item.with_slot(worker, claimed, now)


def answer(item: QueuedObject, worker: str, now: float, vote: Any = None, enough: Enough = as_asked) -> QueuedObject:
    """Take the slot for good, the answer being in S3; the last one makes the object ready.

    Where the answers that were asked for are not `enough` and there may be more, one more is asked for: in the same
    write, so that an object is never ready and open by turns. Also used when the queue is rebuilt from S3, where the
    slot may be unknown.
    """
    slot = item.slots.get(worker) or Slot(SlotState.ANSWERED, accepted_at=now, submitted_at=now)
    if slot.state is SlotState.ANSWERED and worker in item.slots:
        return item
    item = item.with_slot(worker, replace(slot, state=SlotState.ANSWERED, until=None, vote=vote), now)
    if item.status is not ObjectStatus.OPEN:
        return item
    answers = item.count(SlotState.ANSWERED)
    if item.required <= answers < item.largest and item.accepts(now) and not enough(item.votes):
        item = item.asking_for(answers + 1, now)
    return item.as_ready(now) if answers >= item.required or _declined(item, now) else item


def decline(item: QueuedObject, worker: str, token: str | None, now: float, reason: str | None) -> QueuedObject:
    """Give the task back for ever; as many declines as answers may be asked for close the object.

    `token` is None when the queue is rebuilt from S3.

    Raises
    ------
    AlreadySubmittedError
        The worker's answer is stored, or on its way.
    NotLeasedError
        The worker does not hold this task.
    """
    if token is not None:
        slot = _own(item, worker, token)
        if slot.state is SlotState.DECLINED:
            return item
        _refuse_answered(slot, now)
    item = item.with_slot(worker, Slot(SlotState.DECLINED, token or "", reason=reason), now)
    return item.as_ready(now) if item.status is ObjectStatus.OPEN and _declined(item, now) else item


def skip(item: QueuedObject, worker: str, token: str, now: float) -> QueuedObject:
    """Give the task back for now; it is offered to this worker again only when nothing else is left.

    Raises
    ------
    AlreadySubmittedError
        The worker's answer is stored, or on its way.
    NotLeasedError
        The worker does not hold this task.
    """
    slot = _own(item, worker, token)
    _refuse_answered(slot, now)
    if slot.state not in HOLDING:
        raise NotLeasedError("This task is not yours to skip.")
    return item.with_slot(worker, Slot(SlotState.SKIPPED), now)


def expire(item: QueuedObject, now: float) -> QueuedObject:
    """Close an object whose availability lifetime has passed, or that enough workers declined.

    An answer that is being written is waited for: its claim ends soon.
    """
    if item.status is not ObjectStatus.OPEN or _in_flight(item, now):
        return item
    if item.accepts(now) and not _declined(item, now):
        return item
    return replace(item.as_ready(now), version=item.version + 1)


def close(item: QueuedObject, now: float, deadline: float) -> QueuedObject:
    """Stop the job: no new work on this object, and who is at it has until `deadline` (spec: workflows §4.2)."""
    if item.status is not ObjectStatus.OPEN:
        return item
    slots = {
        # An answer on its way to S3 is waited for: its worker is about to be told "submitted".
        worker: replace(slot, until=min(slot.until or now, deadline))
        if slot.holds(now) and slot.state is not SlotState.CLAIMED
        else slot
        for worker, slot in item.slots.items()
        if slot.state is not SlotState.RESERVED
    }
    ends = max((slot.until or now for slot in slots.values() if slot.holds(now)), default=now)
    closed = replace(
        item, slots=slots, expires_at=min(item.expires_at or now, now), available_at=ends, version=item.version + 1
    )
    return expire(closed, now) if ends <= now else closed


def busy_until(item: QueuedObject, now: float) -> float | None:
    """When the last worker who is at this object must be finished; None when nobody is."""
    return max((slot.until or now for slot in item.slots.values() if slot.holds(now)), default=None)


def _own(item: QueuedObject, worker: str, token: str) -> Slot:
    slot = item.slots.get(worker)
    if slot is None or slot.token != token or not token:
        raise NotLeasedError("You do not hold this task any more.")
    return slot


def _in_flight(item: QueuedObject, now: float) -> bool:
    return any(slot.state is SlotState.CLAIMED and slot.holds(now) for slot in item.slots.values())


def _refuse_answered(slot: Slot, now: float) -> None:
    if slot.state is SlotState.ANSWERED or (slot.state is SlotState.CLAIMED and slot.holds(now)):
        raise AlreadySubmittedError("Your answer to this task is stored already.")


def _declined(item: QueuedObject, now: float) -> bool:
    """Whether enough workers declined; an answer on its way to S3 is waited for and decides when it lands."""
    return item.count(SlotState.DECLINED) >= item.largest and not _in_flight(item, now)

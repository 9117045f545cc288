"""A data object in the queue and its slots, as they are; what workers do to them is in `slots`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class TaskConflictError(Exception):
    """An action on a task that its state no longer allows; `code` is for the portal, the text for the worker."""

    code = "conflict"


class LeaseExpiredError(TaskConflictError):
    """The time limit passed before the answer came."""

    code = "lease_expired"


class NotLeasedError(TaskConflictError):
    """The worker does not hold this task."""

    code = "not_leased"


class AlreadySubmittedError(TaskConflictError):
    """The worker has answered this data object already."""

    code = "already_submitted"


class ObjectClosedError(TaskConflictError):
    """The data object takes no more answers."""

    code = "object_closed"


class SlotState(StrEnum):
    """What a worker has to do with a data object."""

    RESERVED = "reserved"
    LEASED = "leased"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    DECLINED = "declined"
    SKIPPED = "skipped"


HOLDING = frozenset({SlotState.RESERVED, SlotState.LEASED, SlotState.CLAIMED})


class ObjectStatus(StrEnum):
    """Where a data object stands in the queue."""

    QUEUED = "queued"
    OPEN = "open"
    READY = "ready"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Slot:
    """One worker's part in a data object."""

    state: SlotState
    token: str = ""
    until: float | None = None
    accepted_at: float | None = None
    submitted_at: float | None = None
    reason: str | None = None
    vote: Any = None
    """What the task type made of the answer, kept where redundancy is adaptive."""

    def holds(self, now: float) -> bool:
        """Whether the worker is at it now."""
        return self.state in HOLDING and self.until is not None and self.until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedObject:
    """One data object in the queue, with all its slots.

    `required` answers are asked for now. Where redundancy is adaptive it grows up to `most`, which is None where it
    stays as it is.
    """

    job_key: str
    entry: int
    object_id: int
    shard: int
    offset: int
    length: int
    required: int
    most: int | None = None
    status: ObjectStatus = ObjectStatus.QUEUED
    opened_at: float | None = None
    expires_at: float | None = None
    available_at: float | None = None
    ready_at: float | None = None
    slots: dict[str, Slot] = field(default_factory=dict)
    version: int = 0

    @property
    def largest(self) -> int:
        """How many answers the object may ask for at all."""
        return self.required if self.most is None else self.most

    def count(self, state: SlotState) -> int:
        """How many workers are in this state, whether or not their time has run out."""
        return sum(slot.state is state for slot in self.slots.values())

    def free(self, now: float) -> int:
        """How many more workers could begin now."""
        taken = sum(slot.state is SlotState.ANSWERED or slot.holds(now) for slot in self.slots.values())
        return self.required - taken

    def accepts(self, now: float) -> bool:
        """Whether new work may begin: open and not past its availability lifetime."""
        return self.status is ObjectStatus.OPEN and self.expires_at is not None and self.expires_at > now

    def may_take(self, worker: str, now: float, *, skipped_too: bool = False) -> bool:
        """Whether this worker can be given the object now."""
        if not self.accepts(now) or self.free(now) <= 0:
            return False
        slot = self.slots.get(worker)
        if slot is None:
            return True
        if slot.state is SlotState.SKIPPED:
            return skipped_too
        return slot.state in HOLDING and not slot.holds(now)

    @property
    def answered_by(self) -> tuple[str, ...]:
        """Workers whose answer is stored, in a fixed order."""
        return tuple(sorted(worker for worker, slot in self.slots.items() if slot.state is SlotState.ANSWERED))

    @property
    def votes(self) -> dict[str, Any]:
        """The stored votes of the answers, by worker."""
        return {worker: self.slots[worker].vote for worker in self.answered_by if self.slots[worker].vote is not None}

    def with_slot(self, worker: str, slot: Slot, now: float) -> QueuedObject:
        """Set a worker's slot."""
        changed = replace(self, slots={**self.slots, worker: slot}, version=self.version + 1)
        return replace(changed, available_at=changed._available_at(self, now))

    def asking_for(self, answers: int, now: float) -> QueuedObject:
        """Ask for so many answers; part of a change that has moved the version."""
        changed = replace(self, required=answers)
        return replace(changed, available_at=changed._available_at(self, now))

    def as_ready(self, now: float) -> QueuedObject:
        """Take no more answers; part of a change that has moved the version."""
        return replace(self, status=ObjectStatus.READY, ready_at=now, available_at=None)

    def _available_at(self, before: QueuedObject, now: float) -> float | None:
        """When the object can next be given to somebody; keeps its place in the order while it stays available."""
        if self.status is not ObjectStatus.OPEN:
            return None
        if self.free(now) > 0:
            return before.available_at if before.free(now) > 0 and before.available_at is not None else now
        return min((slot.until or now for slot in self.slots.values() if slot.holds(now)), default=None)

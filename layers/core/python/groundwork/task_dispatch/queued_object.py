"""A data object in the queue and its slots, as they are; what workers do to them is in `slots`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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

    def holds(self, now: float) -> bool:
        """Whether the worker is at it now."""
        return self.state in HOLDING and self.until is not None and self.until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedObject:
    """One data object in the queue, with all its slots."""

    job_key: str
    entry: int
    object_id: int
    shard: int
    offset: int
    length: int
    required: int
    status: ObjectStatus = ObjectStatus.QUEUED
    opened_at: float | None = None
    expires_at: float | None = None
    available_at: float | None = None
    ready_at: float | None = None
    slots: dict[str, Slot] = field(default_factory=dict)
    version: int = 0

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

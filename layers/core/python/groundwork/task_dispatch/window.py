"""The sliding window: how many data objects are open to workers, and what to wake the machine for.

`queued`, `opened`, `ready` and `done` count data objects that ever got there, so what is open is
`opened - ready` and what waits for its label is `ready - done`. They move only in a transaction with the
data object's own transition. Where a model labels too, `selected_batches` counts what was chosen for people and
queued, and `machine_labeled` what needs nobody any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

READY_OBJECTS = 1_000
"""Ready data objects that wake the machine."""
FIRST_READY_OBJECTS = 50
"""The same for the first round of a job with adaptive redundancy, which asks too many or too few people as long as it
knows none of them. The next rounds come when as many again are ready, so that each has twice the answers of the last;
that is five rounds more than without, up to READY_OBJECTS."""
READY_SECONDS = 600
"""The longest a ready data object waits for its label."""


class WakeReason(StrEnum):
    """Why the waiting machine goes on."""

    READY = "ready"
    REFILL = "refill"
    COMPLETE = "complete"
    STOP = "stop"
    TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The counters of a labeling job's queue, and the token of the waiting machine."""

    max_concurrent: int
    objects: int = 0
    skipped: int = 0
    shards: int = 0
    annotated_shards: int = 0
    selected_batches: int = 0
    machine_labeled: int = 0
    queued: int = 0
    opened: int = 0
    ready: int = 0
    unanswered: int = 0
    done: int = 0
    most_labeled: int | None = None
    first_round: int = READY_OBJECTS
    first_ready_at: float | None = None
    last_ready_at: float | None = None
    last_batch_at: float | None = None
    next_sweep_at: float | None = None
    stop_deadline: float | None = None
    token: str | None = None

    @property
    def for_people(self) -> int:
        """Data objects that need workers, as far as the manifest has been pre-annotated and a model has labeled."""
        return self.objects - self.skipped - self.machine_labeled

    @property
    def open(self) -> int:
        """Data objects people can work on."""
        return self.opened - self.ready

    @property
    def stopping(self) -> bool:
        """Whether the job is being stopped: nothing new is opened."""
        return self.stop_deadline is not None

    @property
    def limit(self) -> int:
        """How many data objects may ever be opened: a stopping condition is never overshot.

        Objects that ended without an answer do not count as labeled and make room for others.
        """
        return self.queued if self.most_labeled is None else min(self.queued, self.most_labeled + self.unanswered)

    @property
    def more_to_annotate(self) -> bool:
        """Whether shards of the manifest have not been pre-annotated."""
        reached = self.most_labeled is not None and self.queued >= self.most_labeled + self.unanswered
        return self.annotated_shards < self.shards and not reached and not self.stopping

    def may_open(self) -> bool:
        """Whether the next data object may enter."""
        return self.opened < self.limit and self.open < self.max_concurrent and not self.stopping

    def room(self) -> int:
        """How many data objects may enter now."""
        return 0 if self.stopping else max(0, min(self.limit - self.opened, self.max_concurrent - self.open))

    def exhausted(self) -> bool:
        """Whether nothing is left to wait for: every data object that may be opened was, and is ready."""
        if self.stopping:
            return self.open == 0
        return not self.more_to_annotate and self.opened >= self.limit and self.open == 0

    def ahead(self) -> int:
        """How many data objects were pre-annotated and have no answers yet: at most about twice the window."""
        return self.queued - self.ready

    def wants_refill(self) -> bool:
        """Whether the queue behind the window runs low."""
        return self.more_to_annotate and self.queued - self.opened < max(1, self.max_concurrent // 2)

    @property
    def round_objects(self) -> int:
        """Ready data objects that wake the machine, whatever the time."""
        return min(READY_OBJECTS, max(self.first_round, self.done))

    def wake_reason(self, now: float) -> WakeReason | None:
        """Why the machine should go on now; None when people are to be waited for."""
        if self.exhausted():
            return WakeReason.STOP if self.stopping else WakeReason.COMPLETE
        if self.next_sweep_at is not None and now >= self.next_sweep_at:
            return WakeReason.TICK
        waiting = self.ready - self.done
        old = self.first_ready_at is not None and now - self.first_ready_at >= READY_SECONDS
        if waiting >= self.round_objects or (waiting > 0 and old):
            return WakeReason.READY
        return WakeReason.REFILL if self.wants_refill() else None

    def next_look(self, now: float) -> float:
        """When something can be due without any worker's doing: the clock looks then."""
        moments = [now + READY_SECONDS]
        if self.next_sweep_at is not None:
            moments.append(self.next_sweep_at)
        if self.first_ready_at is not None and self.ready > self.done:
            moments.append(self.first_ready_at + READY_SECONDS)
        return max(now + 1, min(moments))

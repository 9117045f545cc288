"""What a worker can do with the tasks of one labeling job.

Every action is one conditional write of one data object, tried again on the object's new state when
somebody else wrote in between. An answer goes: claim in the queue → answer in S3 → slot answered; only then
is the worker told "submitted", so what was submitted is in S3 and what is in S3 is counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.json_text import compact_json
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.redundancy import FIXED, Redundancy
from groundwork.task_dispatch.slots import AlreadySubmittedError, ObjectClosedError, ObjectStatus, QueuedObject
from groundwork.task_dispatch.write_conflict import WriteConflictError

if TYPE_CHECKING:
    from groundwork.aws.object_store import ObjectStore
    from groundwork.aws.queue import Queue

RACES = 12
"""Attempts at one action; each lost race means that another worker got on."""
CANDIDATES = 4
"""Objects at the head of the queue among which workers are scattered, so that they do not race for one."""
RESERVE_SECONDS = 900
"""How long a prefetched task is kept for a worker who is still at another one."""

Change = Callable[[QueuedObject], QueuedObject]


@dataclass(frozen=True, slots=True)
class Hand:
    """A task in a worker's hand.

    `position` is where the queue was read up to; `known` tells that the worker had to do with it before, and may
    have left a draft.
    """

    item: QueuedObject
    token: str
    position: str = ""
    known: bool = True

    def lease_until(self, worker: str) -> float | None:
        """When the clock runs out; None while the task is only reserved."""
        slot = self.item.slots[worker]
        return slot.until if slot.state is slots.SlotState.LEASED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The tasks of one labeling job.

    `scatter` puts candidates in the order in which this worker tries them; `new_token` makes an
    unguessable word.
    """

    job: LabelingJob
    queue: Queue
    store: ObjectStore
    now: Callable[[], float]
    new_token: Callable[[], str]
    scatter: Callable[[list[int]], list[int]]
    on_ready: Callable[[QueuedObject], None]
    redundancy: Redundancy = FIXED

    @property
    def paths(self) -> JobPaths:
        """Where the job's files lie."""
        return JobPaths(self.job.output)

    def next_task(self, worker: str, after: str, *, show: bool) -> Hand | None:
        """Give a worker the oldest object they can work on; None when there is none now.

        `after` is the `position` of the worker's last task: what lies before it was seen already. Objects
        that came back since are found by a second look from the beginning; skipped ones come last. A worker
        who holds a task and does not know it, since the answer to their call was lost, is given it again.
        """
        looks = [("", False), ("", True)]
        for start, mine in [(after, False), *looks] if after else looks:
            for position, entries in self._candidates(worker, start, mine=mine):
                for entry in entries:
                    hand = self._take(worker, entry, position, show=show, skipped_too=mine)
                    if hand:
                        return hand
        return self._held(worker) if show else None

    def take(self, worker: str, entry: int, *, show: bool) -> Hand | None:
        """Give a worker a certain object: one they stopped at, or hold after a reload."""
        slot = self.queue.get(entry).slots.get(worker)
        if slot is not None and slot.holds(self.now()) and slot.state is not slots.SlotState.CLAIMED:
            item = self.show(worker, entry, slot.token) if show else self.queue.get(entry)
            return Hand(item, slot.token)
        return self._take(worker, entry, "", show=show, skipped_too=True)

    def show(self, worker: str, entry: int, token: str) -> QueuedObject:
        """Start the clock of a reserved task."""
        limit = self.job.task_time_limit
        return self._act(entry, lambda item: slots.show(item, worker, token, self.now(), limit))

    def submit(self, worker: str, entry: int, token: str, answer: Callable[[slots.Slot], Mapping[str, Any]]) -> None:
        """Store an answer; `answer` makes the document of the claimed slot. A repetition is the same answer.

        Raises
        ------
        TaskConflictError
            The worker does not hold the task any more.
        """
        try:
            item = self._act(entry, lambda item: slots.claim(item, worker, token, self.now()))
        except AlreadySubmittedError:
            return
        document = answer(item.slots[worker])
        vote = self.redundancy.vote(document)
        self.store.write_new(self.paths.answer(item.object_id, worker), compact_json(dict(document)))
        enough = self.redundancy.enough
        self._act(entry, lambda item: slots.answer(item, worker, self.now(), vote, enough), known=item)

    def decline(self, worker: str, entry: int, token: str, reason: str | None) -> None:
        """Give the task back for ever."""
        item = self._act(entry, lambda item: slots.decline(item, worker, token, self.now(), reason))
        document = {"workerId": worker, "reason": reason, "declinedAt": self.now()}
        self.store.write_json(self.paths.decline(item.object_id, worker), document)

    def skip(self, worker: str, entry: int, token: str) -> None:
        """Give the task back for now."""
        self._act(entry, lambda item: slots.skip(item, worker, token, self.now()))

    def _held(self, worker: str) -> Hand | None:
        for _, entry, workers in self.queue.available("", None):
            slot = self.queue.get(entry).slots.get(worker) if worker in workers else None
            if slot is not None and slot.holds(self.now()) and slot.state is not slots.SlotState.CLAIMED:
                return self.take(worker, entry, show=True)
        return None

    def _candidates(self, worker: str, after: str, *, mine: bool) -> Iterator[tuple[str, list[int]]]:
        """Entries this worker can try, in small scattered groups, with the position they were read at."""
        group: list[int] = []
        seen = after
        for position, entry, workers in self.queue.available(after, self.now()):
            if (worker in workers) is not mine:
                seen = position if not group else seen
                continue
            group.append(entry)
            if len(group) == CANDIDATES:
                yield seen, self.scatter(group)
                group = []
        if group:
            yield seen, self.scatter(group)

    def _take(self, worker: str, entry: int, position: str, *, show: bool, skipped_too: bool) -> Hand | None:
        token, limit = self.new_token(), self.job.task_time_limit

        def change(item: QueuedObject) -> QueuedObject:
            if not item.may_take(worker, self.now(), skipped_too=skipped_too):
                raise ObjectClosedError("Another worker took this task.")
            if show:
                return slots.lease(item, worker, token, self.now(), limit)
            return slots.reserve(item, worker, token, self.now(), RESERVE_SECONDS)

        try:
            return Hand(self._act(entry, change), token, position, known=skipped_too)
        except ObjectClosedError:
            return None

    def _act(self, entry: int, change: Change, known: QueuedObject | None = None) -> QueuedObject:
        """Apply a change to an object; one that is `known` from a moment ago need not be read first."""
        for _ in range(RACES):
            before = known or self.queue.get(entry)
            known = None
            after = change(before)
            if after is before:
                return after
            try:
                self.queue.save(before, after)
            except WriteConflictError:
                continue
            if after.status is ObjectStatus.READY and before.status is ObjectStatus.OPEN:
                self.on_ready(after)
            return after
        raise ObjectClosedError("Many workers are at this task; please take another one.")

"""The stage that lets people work: fill the queue, open the window, close what has expired, then wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundwork.job.job_at_hand import JobAtHand
from groundwork.select_batch.selected_batch import queue_selected
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.fresh_objects import TaskPlace, fresh_objects
from groundwork.task_dispatch.progress import slide, wake_if_due
from groundwork.task_dispatch.slots import QueuedObject
from groundwork.task_dispatch.window import WakeReason, Window
from groundwork.task_dispatch.write_conflict import WriteConflictError

if TYPE_CHECKING:
    from groundwork.aws.labeling_machine import LabelingMachine
    from groundwork.aws.wake_schedule import WakeSchedule

SWEEP_RACES = 10
UNSEEN_SECONDS = 60
"""When to look again for open objects that the index did not show: it lags by well under a second."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What the stage did, for its log and metrics."""

    window: Window
    opened: int
    closed: int
    reason: WakeReason | None


def dispatch(at: JobAtHand, machine: LabelingMachine, schedule: WakeSchedule, token: str) -> Dispatched:
    """Do everything that needs no worker, keep the token, and wake the machine at once if something is due.

    The token is stored before the last look, so a submission that comes in between finds it.
    """
    if at.record.status == "Stopping" and not at.queue.window().stopping:
        at.queue.set_window(stop_deadline=at.now())
    opened = sum(slide(at.job, at.queue, at.store, at.now)[0] for _ in append_shards(at))
    queue_selected(at)
    stopping = at.queue.window().stopping
    closed = sweep(at)
    opened += slide(at.job, at.queue, at.store, at.now)[0]
    _sweep_by(at, at.now() + at.job.task_availability)
    at.queue.set_window(token=token)
    window = at.queue.window()
    if window.stopping and not stopping:
        # The stop came while objects were swept, and found no token: what it asked for is done here.
        closed += sweep(at)
        window = at.queue.window()
    reason = wake_if_due(window, machine, at.now())
    if reason is None:
        schedule.set(at.job.key, window.next_look(at.now()))
    return Dispatched(window, opened, closed, reason)


def append_shards(at: JobAtHand) -> Iterator[int]:
    """Append every shard that is pre-annotated to the queue, one at a time.

    Where a model labels too, its data objects come in batches that are selected for people, not with their shard.
    """
    while (window := at.queue.window()).annotated_shards < window.shards:
        shard = window.annotated_shards
        index = at.store.find_json(at.paths.task_input_index(shard))
        if index is None:
            return
        tasks = () if at.job.automation else (TaskPlace(number, shard, *place) for number, *place in index["tasks"])
        objects = fresh_objects(at.job, window.queued, tasks)
        at.queue.add_shard(shard, objects, index["failed"] + index["copied"])
        yield shard


def sweep(at: JobAtHand) -> int:
    """Close open data objects whose time is over, and all of them when the job is being stopped.

    Runs when the earliest of them is due; tells how many became ready.
    """
    window, now = at.queue.window(), at.now()
    if not window.stopping and (window.next_sweep_at is None or window.next_sweep_at > now):
        return 0
    deadline = window.stop_deadline

    def change(item: QueuedObject) -> QueuedObject:
        return slots.expire(item, now) if deadline is None else slots.close(item, now, deadline)

    items = [write(at, item, change) for item in at.queue.open_items()]
    waiting = [moment for item in items if (moment := _due(item, now)) is not None]
    closed = len(items) - len(waiting)
    if at.queue.window().open > len(waiting):
        waiting.append(now + UNSEEN_SECONDS)
    at.queue.set_window(next_sweep_at=min(waiting, default=None))
    return closed


def _due(item: QueuedObject, now: float) -> float | None:
    """When an open object has to be looked at again; None when it is not open any more."""
    if item.status is not slots.ObjectStatus.OPEN:
        return None
    if item.accepts(now):
        return item.expires_at
    return slots.busy_until(item, now) or now + 1


def write(at: JobAtHand, item: QueuedObject, change: Callable[[QueuedObject], QueuedObject]) -> QueuedObject:
    """Change a data object, on its newest state if somebody else is faster; itself when nothing changes."""
    for _ in range(SWEEP_RACES):
        after = change(item)
        if after is item:
            return item
        try:
            at.queue.save(item, after)
        except WriteConflictError:
            item = at.queue.get(item.entry)
        else:
            return after
    return item


def _sweep_by(at: JobAtHand, moment: float) -> None:
    window = at.queue.window()
    if window.open and (window.next_sweep_at is None or moment < window.next_sweep_at):
        at.queue.set_window(next_sweep_at=moment)

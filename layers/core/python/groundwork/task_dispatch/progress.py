"""What happens when a data object is ready: the window slides on, progress is logged, the machine may wake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.task_dispatch.window import WakeReason, Window
from groundwork.task_dispatch.write_conflict import WriteConflictError

if TYPE_CHECKING:
    from groundwork.aws.job_log import JobLog
    from groundwork.aws.labeling_machine import LabelingMachine
    from groundwork.aws.object_store import ObjectStore
    from groundwork.aws.queue import Queue

PROGRESS_LINES = 100
"""At most about this many progress events a job, so that logs of a million objects stay readable."""
OPENING_RACES = 20


def slide(job: LabelingJob, queue: Queue, store: ObjectStore, now: Callable[[], float]) -> tuple[int, Window]:
    """Let as many data objects into the window as there is room for; tells how many, and the window as it is then.

    The moment is recorded in S3 first: availability lifetimes survive the loss of the table.
    """
    window = queue.window()
    for _ in range(OPENING_RACES):
        room = window.room()
        if room == 0:
            break
        moment = now()
        entries = list(range(window.opened, window.opened + room))
        store.write_json(
            JobPaths(job.output).opened(entries[0], room), {"entries": [entries[0], room], "openedAt": moment}
        )
        try:
            opened = len(queue.open_entries(window, room, moment, job.task_availability))
        except WriteConflictError:
            window = queue.window()
        else:
            return opened, replace(window, opened=window.opened + opened)
    return 0, window


def log_progress(log: JobLog, window: Window, moment: float) -> None:
    """Log how far people are, at every hundredth of the job."""
    step = max(1, window.for_people // PROGRESS_LINES)
    if window.ready % step == 0 or window.ready == window.for_people:
        log.stage(
            moment,
            "PROGRESS",
            f"{window.ready} of {window.for_people} data objects have their answers",
            total=window.for_people,
            ready=window.ready,
            open=window.open,
        )


def wake_if_due(window: Window, machine: LabelingMachine, moment: float) -> WakeReason | None:
    """Release the waiting machine when there is something to do; a token that is used up is no error.

    The window must have been read after the change that may have made something due: of two changes at the same
    time the later reader sees both.
    """
    reason = window.wake_reason(moment)
    if reason is not None and window.token is not None:
        machine.wake(window.token, reason.value)
    return reason

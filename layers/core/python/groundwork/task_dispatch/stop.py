"""Stopping a labeling job (spec: workflows §4.2): nothing new is opened, who is at a task may finish it soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundwork.job.job_at_hand import JobAtHand
from groundwork.task_dispatch.window import WakeReason

if TYPE_CHECKING:
    from groundwork.aws.labeling_machine import LabelingMachine

GRACE_SECONDS = 900
"""Tasks in workers' hands may be submitted for 15 minutes, or until their own limit if that is sooner."""


def stop(at: JobAtHand, machine: LabelingMachine) -> bool:
    """Ask a running job to stop; False when it has ended or is stopping already."""
    record = at.jobs.change(at.job.key, at.now(), only_from=("InProgress",), status="Stopping")
    if record is None:
        return False
    window = at.queue.find_window()
    if window is not None:
        at.queue.set_window(stop_deadline=at.now() + GRACE_SECONDS)
        if window.token is not None:
            machine.wake(window.token, WakeReason.STOP.value)
    return True

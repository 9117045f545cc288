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
    if at.queue.find_window() is not None:
        # The sweep is due now, and the token is read last: a machine that is about to wait sees one or the other.
        at.queue.set_window(stop_deadline=at.now() + GRACE_SECONDS, next_sweep_at=at.now())
        token = at.queue.window().token
        if token is not None:
            machine.wake(token, WakeReason.STOP.value)
    return True

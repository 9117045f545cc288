"""Stopping conditions: when as many data objects are labeled as the request allows (spec: job-api §13.5)."""

from __future__ import annotations

from groundwork.task_dispatch.window import Window


def condition_reached(window: Window) -> bool:
    """Whether a stopping condition ends the job although data objects are left over."""
    if window.most_labeled is None or not window.exhausted() or window.stopping:
        return False
    return window.ready < window.for_people

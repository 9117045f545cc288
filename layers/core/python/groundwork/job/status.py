"""The states of a labeling job and the ways between them (spec: job-api §10)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class LabelingJobStatus(StrEnum):
    """`LabelingJobStatus` of Ground Truth."""

    INITIALIZING = "Initializing"
    IN_PROGRESS = "InProgress"
    COMPLETED = "Completed"
    FAILED = "Failed"
    STOPPING = "Stopping"
    STOPPED = "Stopped"

    @property
    def is_terminal(self) -> bool:
        """Whether the job can't change any more."""
        return not TRANSITIONS[self]

    def may_become(self, following: LabelingJobStatus) -> bool:
        """Whether `following` may come directly after this status."""
        return following in TRANSITIONS[self]

    def become(self, following: LabelingJobStatus) -> LabelingJobStatus:
        """Take the step to `following`.

        Raises
        ------
        IllegalTransitionError
            Ground Truth knows no such step.
        """
        if not self.may_become(following):
            raise IllegalTransitionError(self, following)
        return following


class IllegalTransitionError(ValueError):
    """A step between two states that does not exist."""

    def __init__(self, status: LabelingJobStatus, following: LabelingJobStatus) -> None:
        ways = ", ".join(sorted(TRANSITIONS[status])) or "none: the status is final"
        super().__init__(f"a labeling job that is {status} can't become {following} (possible: {ways})")


FIRST = frozenset({LabelingJobStatus.INITIALIZING, LabelingJobStatus.IN_PROGRESS})
"""What a new job may be; only a streaming job begins as Initializing."""

TRANSITIONS: Mapping[LabelingJobStatus, frozenset[LabelingJobStatus]] = MappingProxyType(
    {
        LabelingJobStatus.INITIALIZING: frozenset({LabelingJobStatus.IN_PROGRESS, LabelingJobStatus.FAILED}),
        LabelingJobStatus.IN_PROGRESS: frozenset(
            {LabelingJobStatus.COMPLETED, LabelingJobStatus.FAILED, LabelingJobStatus.STOPPING}
        ),
        LabelingJobStatus.STOPPING: frozenset({LabelingJobStatus.STOPPED}),
        LabelingJobStatus.COMPLETED: frozenset(),
        LabelingJobStatus.FAILED: frozenset(),
        LabelingJobStatus.STOPPED: frozenset(),
    }
)

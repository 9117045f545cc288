"""One labeling job with the gateways a stage works on it with; built in wiring, passed to every stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.paths import JobPaths
from groundwork.job.record import JobRecord
from groundwork.task_types.task_type import Consolidation, TaskType

if TYPE_CHECKING:
    from groundwork.aws.job_log import JobLog
    from groundwork.aws.job_store import JobStore
    from groundwork.aws.object_store import ObjectStore
    from groundwork.aws.queue import Queue


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAtHand:
    """The job, its record, and where its state lives. `now` gives epoch seconds."""

    job: LabelingJob
    record: JobRecord
    task_type: TaskType
    store: ObjectStore
    queue: Queue
    jobs: JobStore
    log: JobLog
    now: Callable[[], float]

    @property
    def paths(self) -> JobPaths:
        """Where the job's files lie."""
        return JobPaths(self.job.output)

    @property
    def consolidation(self) -> Consolidation:
        """How the job's answers become labels."""
        return self.task_type.consolidation_by(self.job.consolidation_algorithm)

    def moment(self) -> datetime:
        """Tell the time, UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

"""Data objects as they come into the queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_dispatch.queued_object import QueuedObject
from groundwork.task_dispatch.redundancy import first_answers


class TaskPlace(NamedTuple):
    """Where the task input of a data object lies: the file of its shard, and bytes in it."""

    object_id: int
    shard: int
    offset: int
    length: int


def fresh_objects(job: LabelingJob, first_entry: int, places: Iterable[TaskPlace]) -> list[QueuedObject]:
    """Make the queue's items of data objects that nobody has seen, in their order."""
    return [
        QueuedObject(
            job_key=job.key,
            entry=entry,
            object_id=place.object_id,
            shard=place.shard,
            offset=place.offset,
            length=place.length,
            required=first_answers(job.adaptive, job.workers_per_object, entry),
            most=job.workers_per_object if job.adaptive else None,
        )
        for entry, place in enumerate(places, first_entry)
    ]

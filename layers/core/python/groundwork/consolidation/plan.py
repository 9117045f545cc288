"""The plan of one consolidation round: which ready data objects, in which batches.

A batch holds objects of one iteration and one shard, because the files of both are written from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from groundwork.job.labeling_job import Frozen, LabelingJob
from groundwork.task_dispatch.slots import QueuedObject

FUNCTION_BATCH_OBJECTS = 50
"""Objects in one post-annotation call, Ground Truth's observed most (spec: workflows §1.10)."""


class PlannedObject(Frozen):
    """An answered data object; `missing` answers never came."""

    entry: int
    object_id: int
    ready_at: float
    workers: tuple[str, ...]
    missing: int


class UnansweredObject(Frozen):
    """A data object nobody answered; without a reason it stays unlabeled (the job was stopped)."""

    entry: int
    object_id: int
    reason: str | None


class Batch(Frozen):
    """One batch; `plan` and `number` name its files, also when a later plan labels it again."""

    plan: str
    number: int
    shard: int
    iteration: int
    time: datetime
    objects: tuple[PlannedObject, ...] = ()
    unanswered: tuple[UnansweredObject, ...] = ()
    again: bool = False


class Plan(Frozen):
    """One consolidation round."""

    name: str
    batches: tuple[Batch, ...]


def iteration_of(entry: int, job: LabelingJob) -> int:
    """Tell the iteration of an entry: the next `MaxConcurrentTaskCount` objects in order of entry."""
    return entry // job.max_concurrent + 1


def planned(item: QueuedObject, reason: str | None) -> PlannedObject | UnansweredObject:
    """Describe a ready data object; `reason` says why nobody answered, should nobody have."""
    workers = item.answered_by
    if not workers:
        return UnansweredObject(entry=item.entry, object_id=item.object_id, reason=reason)
    return PlannedObject(
        entry=item.entry,
        object_id=item.object_id,
        ready_at=item.ready_at or 0.0,
        workers=workers,
        missing=max(0, item.required - len(workers)),
    )


def plan_batches(
    name: str,
    items: Sequence[tuple[int, PlannedObject | UnansweredObject]],
    job: LabelingJob,
    start: datetime,
    most: int,
) -> list[Batch]:
    """Cut (shard, object) pairs into batches of `most` objects, each with a second of its own from `start` on.

    The second names the batch's request and response files, and none is used twice.
    """
    size = FUNCTION_BATCH_OBJECTS if job.functions.post else most

    def place(pair: tuple[int, PlannedObject | UnansweredObject]) -> tuple[int, int]:
        return iteration_of(pair[1].entry, job), pair[0]

    parts: list[tuple[tuple[int, int], list[PlannedObject | UnansweredObject]]] = []
    for key, group in groupby(sorted(items, key=lambda pair: (*place(pair), pair[1].entry)), key=place):
        parts += [(key, part) for part in _chunks([item for _, item in group], size)]
    return [
        Batch(
            plan=name,
            number=number,
            shard=shard,
            iteration=iteration,
            time=start + timedelta(seconds=number),
            objects=tuple(item for item in part if isinstance(item, PlannedObject)),
            unanswered=tuple(item for item in part if isinstance(item, UnansweredObject)),
        )
        for number, ((iteration, shard), part) in enumerate(parts)
    ]


def labeled_again(plans: Iterable[Plan]) -> Iterator[Batch]:
    """Go through the batches of earlier plans, to label them by the final estimate of the workers."""
    for plan in plans:
        for batch in plan.batches:
            if batch.objects and not batch.again:
                yield batch.model_copy(update={"again": True})


def _chunks(
    items: list[PlannedObject | UnansweredObject], size: int
) -> Iterator[list[PlannedObject | UnansweredObject]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]

"""A batch of data objects that active learning selected for people, and its way into the queue."""

from __future__ import annotations

from typing import NamedTuple

from groundwork.active_learning.learning_round import batches, rounds
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import Frozen
from groundwork.task_dispatch.fresh_objects import TaskPlace, fresh_objects


class SelectedObject(NamedTuple):
    """A data object for people: where its task input lies, and whether chance selected it.

    What chance selected stands for all data objects, so the model's labels may be judged by it; what the model was
    unsure of does not.
    """

    object_id: int
    shard: int
    offset: int
    length: int
    random: bool


class SelectedBatch(Frozen):
    """`.groundwork/selected/<batch>.json`, in the order in which people see the data objects."""

    objects: tuple[SelectedObject, ...]


def read_batch(at: JobAtHand, batch: int) -> SelectedBatch:
    """Read a selected batch."""
    return SelectedBatch.model_validate(at.store.read_json(at.paths.selected(batch)))


def queue_selected(at: JobAtHand) -> None:
    """Put every batch of a decided round into the queue, in their order: the entries are the same after a crash.

    What an undecided round has written may be written anew, and is not queued.
    """
    if at.job.automation is None:
        return
    selected = batches(rounds(at))
    while (window := at.queue.window()).selected_batches < selected:
        batch = read_batch(at, window.selected_batches)
        places = [TaskPlace(item.object_id, item.shard, item.offset, item.length) for item in batch.objects]
        at.queue.add_selected(window.selected_batches, fresh_objects(at.job, window.queued, places))

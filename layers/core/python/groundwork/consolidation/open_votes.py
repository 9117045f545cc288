"""Votes on data objects that are not collected yet, from the queue.

With adaptive redundancy an object is ready the sooner the more its answers agree. An estimate over the ready ones alone
would take everybody for right, and then ask for less and less. Over all votes given so far it is as good as if
redundancy were fixed: what comes next was decided by nothing but these votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from groundwork.job.job_at_hand import JobAtHand
from groundwork.task_types.task_type import Vote


def open_votes(at: JobAtHand) -> Iterator[Vote]:
    """Read the votes on objects that are open or ready, some of them twice; none where redundancy is fixed."""
    if at.job.adaptive is None:
        return
    for item in chain(at.queue.open_items(), at.queue.find_many(at.queue.ready_entries())):
        yield from ((item.object_id, worker, vote) for worker, vote in item.votes.items())

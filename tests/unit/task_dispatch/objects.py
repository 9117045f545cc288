"""Data objects in the queue, as they are at the start of a test."""

from __future__ import annotations

from dataclasses import replace

from groundwork.task_dispatch.slots import QueuedObject, lease, open_object

NOW = 1_772_700_000.0
LIFETIME = 86_400.0
LIMIT = 300.0


def queued(required: int = 3, entry: int = 0) -> QueuedObject:
    return QueuedObject(
        job_key="pier-kind", entry=entry, object_id=entry, shard=0, offset=0, length=80, required=required
    )


def opened(required: int = 3, most: int | None = None) -> QueuedObject:
    return open_object(replace(queued(required), most=most), NOW, LIFETIME)


def leased(*workers: str, required: int = 3, now: float = NOW) -> QueuedObject:
    """An open object that these workers have before them; a worker's token is `<worker>-token`."""
    item = opened(required)
    for worker in workers:
        item = lease(item, worker, f"{worker}-token", now, LIMIT)
    return item

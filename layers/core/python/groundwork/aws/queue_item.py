"""A data object as an item of the queue table (docs/architecture.md)."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject, Slot, SlotState

PARTITION_ENTRIES = 500
LAST = "~"
"""Sorts after every digit."""


def open_queue(job_key: str) -> str:
    """Index partition of objects that people can work on."""
    return f"{job_key}#open"


def ready_queue(job_key: str) -> str:
    """Index partition of objects that wait for their label."""
    return f"{job_key}#ready"


def last_key(moment: float) -> str:
    """Sorts after every key of this moment."""
    return f"{_milliseconds(moment)}#{LAST}"


def moment_key(moment: float, entry: int) -> str:
    """Sort key of the index: the moment in milliseconds, then the entry."""
    return f"{_milliseconds(moment)}#{entry:08d}"


def _milliseconds(moment: float) -> str:
    return f"{int(moment * 1000):014d}"


def partition_key(job_key: str, entry: int) -> str:
    """Partition of a data object's item."""
    return f"JOB#{job_key}#{entry // PARTITION_ENTRIES:06d}"


def to_item(item: QueuedObject) -> dict[str, Any]:
    """Make the item of a data object; it is in the index while it is open or ready."""
    values = asdict(item)
    values["status"] = item.status.value
    values["slots"] = {
        worker: {name: value for name, value in asdict(slot).items() if value is not None} | {"state": slot.state.value}
        for worker, slot in item.slots.items()
    }
    values |= {"pk": partition_key(item.job_key, item.entry), "sk": f"{item.entry:08d}", "workers": sorted(item.slots)}
    if item.status is ObjectStatus.OPEN and item.available_at is not None:
        values |= {"queue": open_queue(item.job_key), "queueAt": moment_key(item.available_at, item.entry)}
    elif item.status is ObjectStatus.READY and item.ready_at is not None:
        values |= {"queue": ready_queue(item.job_key), "queueAt": moment_key(item.ready_at, item.entry)}
    return values


def from_item(item: dict[str, Any]) -> QueuedObject:
    """Make the data object of an item."""
    names = {field.name for field in fields(QueuedObject)}
    values = {name: value for name, value in item.items() if name in names}
    values["status"] = ObjectStatus(values["status"])
    values["slots"] = {
        worker: Slot(**{**slot, "state": SlotState(slot["state"])}) for worker, slot in values["slots"].items()
    }
    return QueuedObject(**values)

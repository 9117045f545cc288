"""The queue of one labeling job in DynamoDB: the window's counters and the data objects behind it.

A data object is one item that holds all its slots, in a partition of 500 entries, so that neither an item
(400 KB) nor a partition (1,000 writes a second) can become the bottleneck of a large job. Every write of an
object is conditional on its version.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, fields, replace
from typing import Any, Literal

from groundwork.aws.queue_item import (
    LAST,
    PARTITION_ENTRIES,
    from_item,
    last_key,
    open_queue,
    partition_key,
    ready_queue,
    to_item,
)
from groundwork.aws.table import Table
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject, open_object
from groundwork.task_dispatch.window import Window
from groundwork.task_dispatch.write_conflict import WriteConflictError

TRANSACTION_OBJECTS = 99
"""DynamoDB takes 100 actions a transaction; one is the window's."""
PAGE_OBJECTS = 50
"""Available objects read at a time; most workers take one of the first."""
Counter = Literal["annotated_shards", "selected_batches"]
"""What the window counts of the parts that data objects come into the queue by."""
ADDING_RACES = 20
"""Attempts to write objects while the window's counters are moving."""


class Queue:
    """The queue of the labeling job with this key."""

    def __init__(self, table: Table, job_key: str) -> None:
        self._table = table
        self.job_key = job_key
        self._pk = f"JOB#{job_key}"

    def find_window(self) -> Window | None:
        """Read the counters; None before the job is prepared."""
        item = self._table.get(self._pk, "WINDOW")
        names = {field.name for field in fields(Window)}
        return Window(**{name: value for name, value in item.items() if name in names}) if item else None

    def window(self) -> Window:
        """Read the counters.

        Raises
        ------
        LookupError
            The job is not prepared.
        """
        window = self.find_window()
        if window is None:
            raise LookupError(f"labeling job {self.job_key} has no queue; resume it to rebuild the queue from S3")
        return window

    def put_window(self, window: Window, *, replace_old: bool = False) -> None:
        """Create the counters; `replace_old` when the queue is rebuilt."""
        item = {"pk": self._pk, "sk": "WINDOW", **asdict(window)}
        try:
            self._table.put(item, None if replace_old else "attribute_not_exists(pk)")
        except WriteConflictError:
            return

    def set_window(self, **values: Any) -> None:
        """Set attributes of the window that no transaction counts; None removes one."""
        sets = {name: value for name, value in values.items() if value is not None}
        gone = [f"#{name}" for name in values if name not in sets]
        change = " ".join(
            [
                *(["SET " + ", ".join(f"#{name} = :{name}" for name in sets)] if sets else []),
                *(["REMOVE " + ", ".join(gone)] if gone else []),
            ]
        )
        self._table.update(self._pk, "WINDOW", change, {f":{name}": value for name, value in sets.items()})

    def add_shard(self, shard: int, objects: Sequence[QueuedObject], skipped: int) -> bool:
        """Put a pre-annotated shard's data objects at the end of the queue; tells whether it was this call.

        `skipped` lines of the shard need no worker: they failed, or carry the label already.
        """
        return self._add("annotated_shards", shard, objects, skipped)

    def add_selected(self, batch: int, objects: Sequence[QueuedObject]) -> bool:
        """Put a batch that was selected for people at the end of the queue; tells whether it was this call."""
        return self._add("selected_batches", batch, objects, 0)

    def _add(self, counter: Counter, part: int, objects: Sequence[QueuedObject], skipped: int) -> bool:
        """Write the objects and count them, each part once.

        Objects beyond `queued` are invisible, so a repetition after a crash writes the same items again; once
        the part is counted, people may be at them, and they are left alone.
        """
        for start in range(0, len(objects), TRANSACTION_OBJECTS):
            if not self._write_uncounted(counter, part, objects[start : start + TRANSACTION_OBJECTS]):
                return False
        first = objects[0].entry if objects else None
        try:
            self._table.update(
                self._pk,
                "WINDOW",
                f"SET {counter} = :next, queued = queued + :count, skipped = skipped + :skipped",
                {
                    ":next": part + 1,
                    ":count": len(objects),
                    ":skipped": skipped,
                    ":part": part,
                    **({":first": first} if objects else {}),
                },
                f"{counter} = :part" + (" AND queued = :first" if objects else ""),
            )
        except WriteConflictError:
            return False
        return True

    def _write_uncounted(self, counter: Counter, part: int, objects: Sequence[QueuedObject]) -> bool:
        """Write objects of a part that is not counted yet; False when it is."""
        uncounted = self._table.update_action(
            self._pk, "WINDOW", f"SET {counter} = :part", {":part": part}, f"{counter} = :part"
        )
        puts = [{"Put": self._table.put_action(to_item(item))} for item in objects]
        for _ in range(ADDING_RACES):
            if getattr(self.window(), counter) != part:
                return False
            with suppress(WriteConflictError):
                self._table.transact([{"Update": uncounted}, *puts])
                return True
        raise WriteConflictError(f"{counter} {part} could not be queued: the window's counters never stood still")

    def find(self, entry: int) -> QueuedObject | None:
        """Read one data object."""
        item = self._table.get(self._partition(entry), f"{entry:08d}")
        return from_item(item) if item else None

    def find_many(self, entries: Sequence[int]) -> list[QueuedObject]:
        """Read data objects, in order of entry; those that do not exist are left out."""
        keys = [(self._partition(entry), f"{entry:08d}") for entry in entries]
        return sorted((from_item(item) for item in self._table.get_many(keys)), key=lambda item: item.entry)

    def get(self, entry: int) -> QueuedObject:
        """Read one data object.

        Raises
        ------
        LookupError
            There is none with this number.
        """
        item = self.find(entry)
        if item is None:
            raise LookupError(f"labeling job {self.job_key} has no task {entry}")
        return item

    def entries(self, first: int, end: int) -> Iterator[QueuedObject]:
        """Read data objects in order of entry, `end` exclusive."""
        for block in range(first // PARTITION_ENTRIES, (max(end, first + 1) - 1) // PARTITION_ENTRIES + 1):
            low, high = max(first, block * PARTITION_ENTRIES), min(end, (block + 1) * PARTITION_ENTRIES)
            if low < high:
                partition = self._partition(low)
                for item in self._table.query(partition, least=f"{low:08d}", most=f"{high - 1:08d}"):
                    yield from_item(item)

    def save(self, before: QueuedObject, after: QueuedObject) -> None:
        """Write a data object as it has become; one that became ready moves the window's counters with it.

        Raises
        ------
        WriteConflictError
            Somebody else wrote it in between; read it again.
        """
        condition, values = "version = :version", {":version": before.version}
        if not (after.status is ObjectStatus.READY and before.status is ObjectStatus.OPEN):
            self._table.put(to_item(after), condition, values)
            return
        unanswered = 0 if after.answered_by else 1
        counted = self._table.update_action(
            self._pk,
            "WINDOW",
            "SET ready = ready + :one, unanswered = unanswered + :unanswered,"
            " first_ready_at = if_not_exists(first_ready_at, :now), last_ready_at = :now",
            {":one": 1, ":unanswered": unanswered, ":now": after.ready_at},
        )
        self._table.transact([{"Put": self._table.put_action(to_item(after), condition, values)}, {"Update": counted}])

    def open_entries(self, window: Window, count: int, now: float, lifetime: float) -> list[QueuedObject]:
        """Let the next data objects into the window, in order of entry.

        Raises
        ------
        WriteConflictError
            Somebody else opened them, or the job is being stopped; read the window again.
        """
        first = window.opened
        opened = [open_object(item, now, lifetime) for item in self.entries(first, first + count)]
        for start in range(0, len(opened), TRANSACTION_OBJECTS):
            part = opened[start : start + TRANSACTION_OBJECTS]
            counted = self._table.update_action(
                self._pk,
                "WINDOW",
                "SET opened = :next",
                {":next": first + start + len(part), ":first": first + start},
                "opened = :first AND attribute_not_exists(stop_deadline)",
            )
            puts = [
                {"Put": self._table.put_action(to_item(item), "version = :version", {":version": item.version - 1})}
                for item in part
            ]
            self._table.transact([{"Update": counted}, *puts])
        return opened

    def available(self, after: str, now: float | None) -> Iterator[tuple[str, int, list[str]]]:
        """List what can be worked on: (position, entry, workers who had to do with it), oldest first.

        Without `now` also what others are working on. One index partition holds a job's open objects: it takes
        1,000 writes a second, which is about 500 tasks a second, more than a thousand people take.
        """
        most = last_key(now) if now is not None else LAST
        found = self._table.query(open_queue(self.job_key), least=after + " ", most=most, index=True, page=PAGE_OBJECTS)
        for item in found:
            yield item["queueAt"], int(item["sk"]), item.get("workers", [])

    def open_items(self) -> Iterator[QueuedObject]:
        """Read every data object that people can work on or are working on."""
        entries = [int(item["sk"]) for item in self._table.query(open_queue(self.job_key), index=True)]
        yield from (item for item in self.find_many(entries) if item.status is ObjectStatus.OPEN)

    def ready_entries(self) -> list[int]:
        """List data objects that wait for their label, as far as the index knows them."""
        return [int(item["sk"]) for item in self._table.query(ready_queue(self.job_key), index=True)]

    def mark_done(self, entries: Sequence[int]) -> None:
        """Record that these data objects have their label, or have failed; a repetition changes nothing."""
        for start in range(0, len(entries), TRANSACTION_OBJECTS):
            items = self.find_many(entries[start : start + TRANSACTION_OBJECTS])
            waiting = [item for item in items if item.status is ObjectStatus.READY]
            if not waiting:
                continue
            counted = self._table.update_action(
                self._pk, "WINDOW", "SET done = done + :count", {":count": len(waiting)}
            )
            puts = [
                {"Put": self._table.put_action(to_item(done), "version = :version", {":version": done.version - 1})}
                for done in (replace(item, status=ObjectStatus.DONE, version=item.version + 1) for item in waiting)
            ]
            self._table.transact([{"Update": counted}, *puts])

    def _partition(self, entry: int) -> str:
        return partition_key(self.job_key, entry)

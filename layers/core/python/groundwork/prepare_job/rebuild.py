"""After a crash: bring the queue to what S3 says. No submitted answer is lost, and none is asked again.

What is in S3 is played into the queue by the same conditional writes that workers' actions use, so it does
not matter whether the table is gone, is some seconds old, or is whole and people are at work.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from operator import eq
from typing import Any

from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.select_batch.selected_batch import queue_selected
from groundwork.task_dispatch import slots
from groundwork.task_dispatch.dispatch import append_shards, write
from groundwork.task_dispatch.enough import Enough, as_asked, not_yet
from groundwork.task_dispatch.redundancy import FIXED, Redundancy, redundancy
from groundwork.task_dispatch.slots import ObjectStatus, QueuedObject, SlotState
from groundwork.task_dispatch.window import Window
from groundwork.task_dispatch.write_conflict import WriteConflictError


@dataclass(frozen=True, slots=True)
class Facts:
    """What S3 holds: workers by data object, opening moments by entry, objects with a label or a failure."""

    answers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    declines: dict[int, dict[str, str | None]] = field(default_factory=lambda: defaultdict(dict))
    opened: dict[int, float] = field(default_factory=dict)
    outcomes: set[int] = field(default_factory=set)
    votes: dict[tuple[int, str], Any] = field(default_factory=dict)
    """By object and worker, of objects without an outcome; read where redundancy is adaptive."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found and mended, for the log."""

    answers: int
    mended: int


def rebuild(at: JobAtHand, fresh: Window) -> Rebuilt:
    """Bring the queue in line with S3; `fresh` is the window of a job that nobody worked on."""
    rule = redundancy(at)
    facts = gather(at, rule)
    at.queue.put_window(fresh)
    deque(append_shards(at), maxlen=0)
    queue_selected(at)
    _open(at, facts)
    mended, labeled = 0, []
    for item in at.queue.entries(0, at.queue.window().opened):
        after = write(at, item, lambda found: restore(found, facts, at.now(), rule.enough))
        mended += after is not item
        if item.object_id in facts.outcomes:
            labeled.append(item.entry)
    at.queue.mark_done(labeled)
    at.queue.set_window(next_sweep_at=at.now())
    return Rebuilt(sum(len(workers) for workers in facts.answers.values()), mended)


def restore(item: QueuedObject, facts: Facts, now: float, enough: Enough = as_asked) -> QueuedObject:
    """Apply what S3 knows of one data object to what the table knows; the same object if that is nothing new.

    Whether the answers are enough is asked once all of them are there, and not of an object that has its label.
    """
    if item.status is not ObjectStatus.OPEN:
        return item
    enough = as_asked if item.object_id in facts.outcomes else enough
    missing = sorted(facts.answers.get(item.object_id, set()).difference(item.answered_by))
    for number, worker in enumerate(missing, start=1):
        # Beyond what may be asked for lie answers whose call died: their workers were never told "submitted".
        if item.status is ObjectStatus.OPEN:
            vote = facts.votes.get((item.object_id, worker))
            item = slots.answer(item, worker, now, vote, enough if number == len(missing) else not_yet)
    for worker, reason in sorted(facts.declines.get(item.object_id, {}).items()):
        known = item.slots.get(worker)
        if known is None or known.state not in {SlotState.ANSWERED, SlotState.DECLINED}:
            item = slots.decline(item, worker, None, now, reason)
    return item


def gather(at: JobAtHand, rule: Redundancy = FIXED) -> Facts:
    """List what S3 holds of the job's answers, declines, openings and labels."""
    facts = Facts()
    for object_id, worker, _ in _pairs(at, at.paths.answers_prefix):
        facts.answers[object_id].add(worker)
    for object_id, worker, uri in _pairs(at, at.paths.declines_prefix):
        facts.declines[object_id][worker] = at.store.read_json(uri).get("reason")
    for content in at.store.read_many(_files(at, at.paths.opened_prefix)):
        record = json.loads(content)
        first, count = record["entries"]
        for entry in range(first, first + count):
            # A record whose opening lost a race is followed by one that won.
            facts.opened[entry] = max(record["openedAt"], facts.opened.get(entry, 0.0))
    for content in at.store.read_many(_files(at, at.paths.labels_prefix)):
        facts.outcomes.update(json.loads(line)["object"] for line in content.splitlines())
    if at.job.adaptive is not None:
        facts.votes.update(_votes(at, facts, rule))
    return facts


def _votes(at: JobAtHand, facts: Facts, rule: Redundancy) -> Iterator[tuple[tuple[int, str], Any]]:
    """Read the votes that decide whether objects in the window need more of them: so many, however large the job is."""
    waiting = [
        (object_id, worker)
        for object_id, workers in facts.answers.items()
        if object_id not in facts.outcomes
        for worker in sorted(workers)
    ]
    contents = at.store.read_many(at.paths.answer(object_id, worker) for object_id, worker in waiting)
    for pair, content in zip(waiting, contents, strict=True):
        yield pair, rule.vote(json.loads(content))


def _open(at: JobAtHand, facts: Facts) -> None:
    """Open what was open, with the availability lifetimes that were running."""
    last = max(facts.opened, default=-1) + 1
    while not (window := at.queue.window()).stopping and window.opened < min(last, window.queued):
        moment = facts.opened.get(window.opened, at.now())
        moments = (facts.opened.get(entry, moment) for entry in range(window.opened, min(last, window.queued)))
        count = sum(1 for _ in takewhile(partial(eq, moment), moments))
        # People may be at work: whoever opens objects in between does the same.
        with suppress(WriteConflictError):
            at.queue.open_entries(window, count, moment, at.job.task_availability)


def _pairs(at: JobAtHand, prefix: S3Uri) -> Iterator[tuple[int, str, S3Uri]]:
    """Read (object id, worker id, address) off the keys of answers or declines."""
    for uri in _files(at, prefix):
        object_id, file = uri.key.removeprefix(prefix.key).split("/")
        yield int(object_id), file.removesuffix(".json"), uri


def _files(at: JobAtHand, prefix: S3Uri) -> list[S3Uri]:
    return [S3Uri(prefix.bucket, key) for key in at.store.keys(prefix)]

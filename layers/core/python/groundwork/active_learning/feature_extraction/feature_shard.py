"""The stage that makes features of a shard's data objects, once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from groundwork.active_learning.feature_extraction.extractor import Content, Extraction, Extractor
from groundwork.active_learning.feature_extraction.extractor_errors import ExtractorBusyError, FeatureExtractorError
from groundwork.active_learning.feature_extraction.shard_features import ShardFeatures
from groundwork.active_learning.features import Features
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.pre_annotation.records import TaskInputRecord

LARGEST_OBJECT = 40 * 1024 * 1024
"""Bytes of an image: Ground Truth's limit for automated labeling (spec: workflows §3.1)."""
THREADS = 8
"""Objects read at a time: enough to hide S3's answer time behind the extraction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the shard is; `done` is false when the function's own deadline came first."""

    done: bool
    extracted: int = 0
    unreadable: int = 0
    reasons: Mapping[int, str] = field(default_factory=dict)
    """Object id → why it has no features, of those met in this call."""


@dataclass(frozen=True, slots=True)
class _Task:
    object_id: int
    data_object: Mapping[str, str]


def extract_shard(at: JobAtHand, shard: int, make_extractor: Callable[[], Extractor], deadline: float) -> Progress:
    """Write the features of a shard's tasks; a repetition finds them written and does nothing.

    When `deadline` (epoch seconds) comes near, what is there is kept in a checkpoint, and the stage is called again.
    An object that can't be read has no features: the model never labels it, so it goes to people.

    Raises
    ------
    FeatureExtractorError
        The extractor can't be used, or did not find the time for a single group of objects.
    """
    if _exists(at, at.paths.features(shard)):
        return Progress(done=True)
    tasks = list(_tasks(at, shard))
    extractor = make_extractor()
    known = _checkpoint(at, shard, extractor.identity)
    before = known.known
    todo = [task for task in tasks if task.object_id not in before]
    reasons: dict[int, str] = {}
    busy: ExtractorBusyError | None = None
    with ThreadPoolExecutor(THREADS) as pool:
        for group in _groups(todo, extractor.group):
            if at.now() >= deadline:
                break
            try:
                extraction = _extraction(at, group, extractor, pool)
            except ExtractorBusyError as error:
                busy = error
                break
            ids = [task.object_id for task in group]
            known = known.with_extraction(ids, extraction)
            reasons.update((ids[place], reason) for place, reason in extraction.unreadable.items())
    done = len(known.known) >= len(tasks)
    if busy is not None and known.known == before:
        raise FeatureExtractorError(extractor.identity, str(busy)) from busy
    uri = at.paths.features(shard) if done else at.paths.features_checkpoint(shard)
    at.store.write(uri, known.to_bytes(), "application/octet-stream")
    return Progress(done, len(known.objects), len(known.unreadable), reasons)


def read_features(at: JobAtHand) -> tuple[list[int], Features]:
    """Read all features of a job: the object ids of the rows, and the rows; objects that have none are left out.

    Raises
    ------
    FeatureExtractorError
        They were not extracted by the same model.
    """
    prefix = at.paths.features_prefix
    uris = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    with ThreadPoolExecutor(THREADS) as pool:
        # Each file is let go as soon as it is read: all of them are half a gigabyte at 100,000 texts.
        joined = ShardFeatures.join(list(pool.map(lambda uri: ShardFeatures.from_bytes(at.store.read(uri)), uris)))
    return joined.objects.tolist(), joined.features or Features(np.zeros((0, 1), np.float16))


def _tasks(at: JobAtHand, shard: int) -> Iterator[_Task]:
    for line in at.store.read(at.paths.task_input(shard)).splitlines():
        record = TaskInputRecord.model_validate(json.loads(line))
        if record.state == "task":
            yield _Task(record.object_id, record.data_object or {})


def _groups(tasks: list[_Task], size: int) -> Iterator[list[_Task]]:
    left = iter(tasks)
    while group := list(islice(left, size)):
        yield group


def _extraction(at: JobAtHand, group: list[_Task], extractor: Extractor, pool: ThreadPoolExecutor) -> Extraction:
    """Read a group of objects and make their features."""
    contents = list(pool.map(lambda task: _content(at, task), group))
    places = [place for place, content in enumerate(contents) if not isinstance(content, _Unreadable)]
    readable = [content for content in contents if not isinstance(content, _Unreadable)]
    unreadable = {place: content.reason for place, content in enumerate(contents) if isinstance(content, _Unreadable)}
    if not readable:
        return Extraction(None, unreadable)
    extraction = extractor.extract(readable)
    unreadable |= {places[place]: reason for place, reason in extraction.unreadable.items()}
    return Extraction(extraction.features, unreadable)


@dataclass(frozen=True, slots=True)
class _Unreadable:
    reason: str


def _content(at: JobAtHand, task: _Task) -> Content | _Unreadable:
    """Read a data object; a text is in the task already."""
    if "content" in task.data_object:
        return task.data_object["content"]
    try:
        uri = S3Uri.parse(task.data_object.get("s3Uri", ""))
        return at.store.read_within(uri, LARGEST_OBJECT)
    except (LookupError, OSError, ValueError) as error:
        # Not there, not to be read, too large, no address: the worker will see it, or not see it either.
        return _Unreadable(str(error))


def _exists(at: JobAtHand, uri: S3Uri) -> bool:
    return uri.key in at.store.keys(uri)


def _checkpoint(at: JobAtHand, shard: int, identity: str) -> ShardFeatures:
    """Read what an earlier call left; nothing when it was made by another model."""
    uri = at.paths.features_checkpoint(shard)
    if _exists(at, uri):
        kept = ShardFeatures.from_bytes(at.store.read(uri))
        if kept.extractor == identity:
            return kept
    return ShardFeatures(identity)

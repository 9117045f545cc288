"""The data objects of a job that can be labeled, and what people and the model have done with each so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from groundwork.active_learning.learning_round import is_by_model
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.manifest_output.outcomes import Labeled, read_outcome
from groundwork.prepare_job.sharding import ShardList
from groundwork.select_batch.selected_batch import SelectedObject, read_batch
from groundwork.task_types.prediction import Prediction
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the manifest that became a task; `offset` and `length` are those of its task input."""

    object_id: int
    shard: int
    offset: int
    length: int
    gold: bool
    prediction: Prediction | None = None

    def selected(self, *, random: bool) -> SelectedObject:
        """Select it for people."""
        return SelectedObject(self.object_id, self.shard, self.offset, self.length, random)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the candidates, by object id."""

    labels: Mapping[int, Mapping[str, Json]] = field(default_factory=dict)
    """Labels that people gave, as they stand in the output line."""
    failed: frozenset[int] = frozenset()
    """People were asked and there is no label."""
    asked: Mapping[int, bool] = field(default_factory=dict)
    """Whether chance selected it, of all that people were asked for."""
    auto_labeled: frozenset[int] = frozenset()


def read_candidates(at: JobAtHand) -> list[Candidate]:
    """Read the task inputs of all shards, in the order of the manifest.

    At most 100,000 data objects of a few hundred bytes (spec: workflows §3.1); only where each lies is kept.
    """
    shards = ShardList.model_validate(at.store.read_json(at.paths.shards)).shards
    contents = at.store.read_many(at.paths.task_input(shard.shard) for shard in shards)
    return [item for shard, content in zip(shards, contents, strict=True) for item in _of_shard(shard.shard, content)]


def _of_shard(shard: int, content: bytes) -> list[Candidate]:
    found, offset = [], 0
    for line in content.splitlines(keepends=True):
        record = json.loads(line)
        if record["state"] == "task":
            length = len(line.rstrip(b"\n"))
            told = record.get("prediction")
            prediction = Prediction.model_validate(told) if told else None
            found.append(Candidate(record["object"], shard, offset, length, "gold" in record, prediction))
        offset += len(line)
    return found


def read_known(at: JobAtHand, batches: int, auto_labeled: frozenset[int]) -> Known:
    """Read the labels that people gave so far, and what they were asked for in so many batches."""
    labels: dict[int, Mapping[str, Json]] = {}
    failed: set[int] = set()
    prefix = at.paths.labels_prefix
    by_people = [key for key in sorted(at.store.keys(prefix)) if not is_by_model(key)]
    for content in at.store.read_many(S3Uri(prefix.bucket, key) for key in by_people):
        for line in content.splitlines():
            object_id, outcome = read_outcome(line)
            if isinstance(outcome, Labeled):
                labels[object_id] = outcome.content
                failed.discard(object_id)
            else:
                failed.add(object_id)
                labels.pop(object_id, None)
    return Known(labels, frozenset(failed), _asked(at, batches), auto_labeled)


def _asked(at: JobAtHand, batches: int) -> dict[int, bool]:
    return {item.object_id: item.random for number in range(batches) for item in read_batch(at, number).objects}

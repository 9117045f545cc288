"""The reducing step of consolidation: how good each worker is, over all answers of the job so far."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from groundwork.consolidation.exclusion import excluded_workers
from groundwork.consolidation.open_votes import open_votes
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.task_type import GOLD_VOTER, Json, LearnsFromEarlierJobs, Vote
from groundwork.team_quality.earlier import earlier_quality


@dataclass(frozen=True, slots=True)
class Estimated:
    """What the estimate rests on."""

    votes: int
    workers: int


def estimate(at: JobAtHand) -> Estimated:
    """Estimate the workers and store the result for the batches; nothing is stored without votes."""
    excluded = excluded_workers(at)
    votes = [vote for vote in _votes(at) if vote[1] not in excluded]
    if votes:
        at.store.write_json(at.paths.worker_quality, _estimate(at, votes))
    workers = [worker for _, worker, _ in votes if worker != GOLD_VOTER]
    return Estimated(len(workers), len(set(workers)))


def _estimate(at: JobAtHand, votes: list[Vote]) -> Json:
    consolidation, earlier = at.consolidation, earlier_quality(at)
    if earlier is None or not isinstance(consolidation, LearnsFromEarlierJobs):
        return consolidation.estimate(votes, at.job)
    return consolidation.estimate_after(votes, at.job, earlier.counts())


def _votes(at: JobAtHand) -> Iterator[Vote]:
    """Read all votes; an object that was collected twice after a crash, or is in the queue as well, counts once."""
    seen: set[tuple[int, str]] = set()
    for object_id, worker, vote in chain(_collected_votes(at), open_votes(at)):
        if (object_id, worker) not in seen:
            seen.add((object_id, worker))
            yield object_id, worker, vote


def _collected_votes(at: JobAtHand) -> Iterator[Vote]:
    prefix = at.paths.votes_prefix
    files = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    for content in at.store.read_many(files):
        yield from ((object_id, worker, vote) for object_id, worker, vote in json.loads(content))

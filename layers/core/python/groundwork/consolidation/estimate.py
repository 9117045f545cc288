"""The reducing step of consolidation: how good each worker is, over all answers of the job so far."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from groundwork.consolidation.exclusion import excluded_workers
from groundwork.consolidation.open_votes import open_votes
from groundwork.consolidation.vote_columns import VoteColumns, in_pages
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.task_type import Json, LearnsFromEarlierJobs, Vote
from groundwork.team_quality.earlier import earlier_quality

FILES = 256
"""Files of votes that are held at once."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """What the estimate rests on."""

    votes: int
    workers: int


def estimate(at: JobAtHand) -> Estimated:
    """Estimate the workers and store the result for the batches; nothing is stored without votes."""
    votes = VoteColumns.read(_pages(at, excluded_workers(at))).distinct()
    if votes:
        at.store.write_json(at.paths.worker_quality, _estimate(at, votes))
    people, _ = votes.apart_from_gold()
    return Estimated(len(people), len(people.ranked_workers()[0]))


def _estimate(at: JobAtHand, votes: VoteColumns) -> Json:
    consolidation, earlier = at.consolidation, earlier_quality(at)
    if earlier is None or not isinstance(consolidation, LearnsFromEarlierJobs):
        return consolidation.estimate(votes, at.job)
    return consolidation.estimate_after(votes, at.job, earlier.counts())


def _pages(at: JobAtHand, excluded: frozenset[str]) -> Iterator[list[Vote]]:
    """Read all votes; those of an object that was collected twice after a crash, or is in the queue too, come twice."""
    for page in chain(_collected_votes(at), in_pages(open_votes(at))):
        yield [vote for vote in page if vote[1] not in excluded]


def _collected_votes(at: JobAtHand) -> Iterator[list[Vote]]:
    prefix = at.paths.votes_prefix
    files = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    for first in range(0, len(files), FILES):
        yield from map(json.loads, at.store.read_many(files[first : first + FILES]))

"""The reducing step of consolidation: how good each worker is, over all answers of the job so far."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from groundwork.consolidation.exclusion import excluded_workers
from groundwork.consolidation.vote_columns import VoteColumns
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.s3_uri import S3Uri
from groundwork.task_types.task_type import Vote

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
        at.store.write_json(at.paths.worker_quality, at.consolidation.estimate(votes, at.job))
    people, _ = votes.apart_from_gold()
    return Estimated(len(people), len(people.ranked_workers()[0]))


def _pages(at: JobAtHand, excluded: frozenset[str]) -> Iterator[list[Vote]]:
    """Read the votes of every batch; those of an object that was collected twice after a crash come twice."""
    prefix = at.paths.votes_prefix
    files = [S3Uri(prefix.bucket, key) for key in sorted(at.store.keys(prefix))]
    for first in range(0, len(files), FILES):
        for content in at.store.read_many(files[first : first + FILES]):
            yield [vote for vote in json.loads(content) if vote[1] not in excluded]

"""Lots that a job draws: by chance, and the same whenever a stage is repeated."""

from __future__ import annotations

import hashlib
from random import Random

from groundwork.job.labeling_job import LabelingJob


def seed_of(job: LabelingJob) -> int:
    """Make a seed of the job's ARN (spec: workflows §3.6)."""
    return int.from_bytes(hashlib.sha256(job.arn.encode()).digest()[:4])


def shuffled(count: int, job: LabelingJob, number: int) -> list[int]:
    """Put the numbers below `count` into the order of lot number `number`."""
    order = list(range(count))
    _lot(f"{seed_of(job)}-{number}").shuffle(order)
    return order


def mixed(items: int, among: int, job: LabelingJob, number: int) -> list[int]:
    """Draw places for `items` among all `items + among`, in ascending order."""
    return sorted(_lot(f"{seed_of(job)}-mixed-{number}").sample(range(items + among), items))


def _lot(seed: str) -> Random:
    return Random(seed)  # noqa: S311 (no secret hangs on a lot)

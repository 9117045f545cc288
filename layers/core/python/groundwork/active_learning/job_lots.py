"""Lots that a job draws: by chance, and the same whenever a stage is repeated."""

from __future__ import annotations

from hashlib import blake2b, sha256

from groundwork.job.labeling_job import LabelingJob


def seed_of(job: LabelingJob) -> int:
    """Make a seed of the job's ARN (spec: workflows §3.6)."""
    return int.from_bytes(sha256(job.arn.encode()).digest()[:4])


def shuffled(count: int, job: LabelingJob, number: int) -> list[int]:
    """Put the numbers below `count` into the order of lot number `number`."""
    key = f"{job.arn} {number}".encode()[-64:]
    return sorted(range(count), key=lambda item: blake2b(item.to_bytes(8), key=key, digest_size=8).digest())


def mixed(items: int, among: int, job: LabelingJob, number: int) -> list[int]:
    """Draw places for `items` among all `items + among`, in ascending order."""
    return sorted(shuffled(items + among, job, number)[:items])

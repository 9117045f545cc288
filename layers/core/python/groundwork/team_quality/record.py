"""The record of a work team for one task type and one set of labels: what each job showed of its workers.

Per worker j it is the count matrix N_j of spec: workflows §2.13, the next job's prior being δ N_j and, after the job,
N_j <- δ N_j + ΔN_j. A job may be consolidated anew, so the ΔN of the latest jobs are kept apart: a job that is folded
again replaces its own part. Only what came before them is added up for good.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import Field

from groundwork.job.labeling_job import Frozen

FORGETTING = 0.9
"""δ: what a worker's earlier answers are worth after one more job of theirs (spec: workflows §2.13)."""
SMALLEST_COUNT = 1e-3
"""Answers that have faded below a thousandth are left out."""
LATEST_JOBS = 10
"""Jobs whose parts are kept apart. Of 1,000 people with 77 labels and 150 different pairs of labels each, that is
20 MB; of a usual team some kilobytes."""

_Entry = TypeVar("_Entry")

Confusion = tuple[int, int, float]
"""True label, given label, both by their place in the record, and expected number of answers."""


class Gold(Frozen):
    """Answers to gold objects."""

    answers: int = Field(default=0, ge=0)
    right: int = Field(default=0, ge=0)

    def plus(self, other: Gold) -> Gold:
        """Add up."""
        return Gold(answers=self.answers + other.answers, right=self.right + other.right)


class WorkerPart(Frozen):
    """What one job showed of one worker."""

    answers: int = Field(ge=1, description="Answers that could be judged")
    gold: Gold = Gold()
    counts: tuple[Confusion, ...]


class JobPart(Frozen):
    """What one job showed of the team."""

    job: str = Field(description="Key of the labeling job")
    ended_at: float = Field(description="Epoch seconds of its last consolidation")
    workers: dict[str, WorkerPart]


class Known(Frozen):
    """What is known of one worker after some jobs; `counts` are N_j."""

    jobs: int = Field(ge=1)
    answers: int = Field(ge=1)
    gold: Gold
    last: float = Field(description="Epoch seconds of the last of those jobs")
    counts: tuple[Confusion, ...]


class TeamRecord(Frozen):
    """`<task type>/<label set>.json` of a work team."""

    work_team: str
    task_type: str
    labels: tuple[str, ...] = Field(description="Ascending, however the label files have them")
    older_jobs: tuple[str, ...] = Field(default=(), description="Keys of the jobs that `older` rests on")
    older: dict[str, Known] = Field(default={}, description="What those jobs showed, by worker id")
    jobs: tuple[JobPart, ...] = Field(default=(), description="The latest jobs, in the order in which they first ended")

    def fold(self, part: JobPart) -> TeamRecord:
        """Take in what a job showed; what it showed at an earlier time no longer counts.

        A job that is too long ago to be replaced stays as it is.
        """
        if part.job in self.older_jobs:
            return self
        jobs = tuple(part if known.job == part.job else known for known in self.jobs)
        if part.job not in {known.job for known in self.jobs}:
            if not part.workers:
                return self
            jobs = (*jobs, part)
        leaving, latest = jobs[:-LATEST_JOBS], jobs[-LATEST_JOBS:]
        older = dict(self.older)
        for job in leaving:
            _take_in(older, job)
        older_jobs = (*self.older_jobs, *(job.job for job in leaving))
        return self.model_copy(update={"jobs": latest, "older": older, "older_jobs": older_jobs})

    def known(self) -> dict[str, Known]:
        """Tell what is known of each worker, by worker id."""
        workers = dict(self.older)
        for job in self.jobs:
            _take_in(workers, job)
        return dict(sorted(workers.items()))

    def without(self, worker: str) -> TeamRecord:
        """Forget one worker."""
        jobs = tuple(job.model_copy(update={"workers": _less(job.workers, worker)}) for job in self.jobs)
        return self.model_copy(update={"older": _less(self.older, worker), "jobs": jobs})

    def names(self, worker: str) -> bool:
        """Whether anything is known of a worker."""
        return worker in self.older or any(worker in job.workers for job in self.jobs)


def _take_in(workers: dict[str, Known], job: JobPart) -> None:
    for worker, part in job.workers.items():
        before = workers.get(worker)
        workers[worker] = _after(before, part, job.ended_at) if before else _first(part, job.ended_at)


def _first(part: WorkerPart, moment: float) -> Known:
    return Known(jobs=1, answers=part.answers, gold=part.gold, last=moment, counts=part.counts)


def _after(before: Known, part: WorkerPart, moment: float) -> Known:
    counts = {(truth, given): FORGETTING * count for truth, given, count in before.counts}
    for truth, given, count in part.counts:
        counts[truth, given] = counts.get((truth, given), 0.0) + count
    return Known(
        jobs=before.jobs + 1,
        answers=before.answers + part.answers,
        gold=before.gold.plus(part.gold),
        last=max(before.last, moment),
        counts=tuple((*labels, count) for labels, count in sorted(counts.items()) if count >= SMALLEST_COUNT),
    )


def _less(workers: dict[str, _Entry], worker: str) -> dict[str, _Entry]:
    return {known: entry for known, entry in workers.items() if known != worker}

"""What the pipeline asks of a way of consolidating answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.answers import AnsweredObject, ConsolidatedLabel, Json

Vote = tuple[int, str, Json]
"""(object id, worker id, what the task type's `vote` made of the answer); JSON."""


GOLD_VOTER = ""
"""Worker id of a vote that is the known answer to a gold object; no person has it."""


class Consolidation(Protocol):
    """How answers of several people become one label."""

    def vote(self, answer: Mapping[str, Json], job: LabelingJob) -> Json | None:
        """Reduce an answer to what `estimate` needs; `None` when the answer says nothing about the workers."""

    def estimate(self, votes: Iterable[Vote], job: LabelingJob) -> Json:
        """Estimate the workers over all votes of the job so far; the result is stored as JSON.

        `votes` can be gone through again. They are held by column: see `consolidation.vote_columns` for jobs of
        millions. A vote of `GOLD_VOTER` is the known answer to its object.
        """

    def consolidate(
        self, objects: Sequence[AnsweredObject], estimate: Json, job: LabelingJob, now: datetime
    ) -> list[ConsolidatedLabel]:
        """Label each object; an object that can't be labeled is left out and fails."""


@runtime_checkable
class LearnsFromEarlierJobs(Protocol):
    """A consolidation of single labels whose estimate can start with what earlier jobs showed of the workers."""

    def estimate_after(
        self, votes: Iterable[Vote], job: LabelingJob, earlier: Mapping[str, Sequence[tuple[int, int, float]]]
    ) -> Json:
        """Estimate as `Consolidation.estimate` does.

        Parameters
        ----------
        votes : Iterable[Vote]
        job : LabelingJob
        earlier : Mapping[str, Sequence[tuple[int, int, float]]]
            By worker id: index of the true label, index of the given label, answers that this counts for.
        """


@dataclass(frozen=True, slots=True)
class KnownCrowd:
    """What is known of a job's workers, as far as it tells how sure a few votes make of an object's label."""

    workers: Collection[str]
    """Ids of those who are known."""
    probability: Callable[[Mapping[str, Json]], float]
    """Of the most likely label, from the votes on one object by worker id, which are at least one."""


class Sureness(Protocol):
    """How sure a few votes make of an object's label, told while a worker waits for "submitted".

    What the portal loads has no numpy; the probability must be the one by which the votes are consolidated.
    """

    def read(self, estimate: Json | None, labels: int) -> KnownCrowd:
        """Read what `Consolidation.estimate` stored last, None before the first time, in a job of so many labels."""

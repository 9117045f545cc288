"""When a data object has answers enough: as many as the job says, or as soon as its label is sure (adaptive).

What is known of the workers is the estimate of the last consolidation round. A round also weighs the votes on objects
that are still open (`consolidation.open_votes`): those that are ready first are the ones on which people agree, and by
them alone everybody would seem to be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from groundwork.consolidation.exclusion import excluded_workers
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import AdaptiveRedundancy
from groundwork.task_dispatch.enough import Enough, as_asked
from groundwork.task_dispatch.window import FIRST_READY_OBJECTS
from groundwork.task_types.task_type import Json, Sureness

STRANGERS = 2
"""Answers that an object gets at least, unless the one it has is of a worker who is known: it is how workers agree that
tells how good they are, so that nothing can be learned of a newcomer's answers as long as they stand alone."""


@dataclass(frozen=True, slots=True)
class Redundancy:
    """`vote` reduces a stored answer (its JSON document) to what is kept in its slot."""

    vote: Callable[[Mapping[str, Any]], Any]
    enough: Enough


FIXED = Redundancy(lambda answer: None, as_asked)


def redundancy(at: JobAtHand) -> Redundancy:
    """Take up a job's rule with what is known of its workers now."""
    if at.job.adaptive is None:
        return FIXED
    rule = sure_enough(
        at.job.adaptive,
        at.task_type.sureness[at.job.consolidation_algorithm],
        at.store.find_json(at.paths.worker_quality),
        len(at.job.labels or ()),
        excluded_workers(at),
    )
    return Redundancy(lambda answer: at.consolidation.vote(answer["answerContent"], at.job), rule)


def sure_enough(
    adaptive: AdaptiveRedundancy,
    sureness: Sureness,
    estimate: Json | None,
    labels: int,
    excluded: frozenset[str] = frozenset(),
) -> Enough:
    """Make the rule: votes are enough when they reach the target, without those of workers who are left out."""
    crowd = sureness.read(estimate, labels)

    def enough(votes: Mapping[str, Any]) -> bool:
        counted = {worker: vote for worker, vote in votes.items() if worker not in excluded}
        if not counted or (len(counted) < STRANGERS and not all(worker in crowd.workers for worker in counted)):
            return False
        return crowd.probability(counted) >= adaptive.target_confidence

    return enough


def first_answers(adaptive: AdaptiveRedundancy | None, most: int, entry: int) -> int:
    """How many answers a data object asks for when it is opened; `most` is `NumberOfHumanWorkersPerDataObject`.

    The first objects of a job ask for two at least, so that there is something to learn of before the others, which are
    open to workers at the same time, have theirs.
    """
    if adaptive is None:
        return most
    return min(most, max(adaptive.min_workers, STRANGERS if entry < FIRST_READY_OBJECTS else 1))

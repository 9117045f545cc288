"""What a job shows of its workers: each answer against the label that consolidation made, as far as that is sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from groundwork.quality.judged import JudgedObject
from groundwork.quality.worker_tally import truth_of
from groundwork.team_quality.record import Gold, WorkerPart

FEWEST_ANSWERS = 2
"""The label of an object with one answer is that answer, which shows nothing of whoever gave it."""
SMALLEST_COUNT = 0.01
"""Expected answers below a hundredth are left out."""


@dataclass(slots=True)
class _Worker:
    answers: int = 0
    gold: Gold = field(default_factory=Gold)
    counts: defaultdict[tuple[int, int], float] = field(default_factory=lambda: defaultdict(float))


@dataclass(slots=True)
class TeamTally:
    """Sums over the data objects, for answers that are one label each.

    Answers of workers whom the job leaves out belong to it: what is known of somebody is of use to the next job
    whether or not this one uses their answers, and their labels are then judged by those of the others.
    """

    workers: defaultdict[str, _Worker] = field(default_factory=lambda: defaultdict(_Worker))

    def add(self, item: JudgedObject) -> None:
        """Count one answered data object; each may be given once."""
        usable = item.usable
        if item.gold is not None:
            truth = {item.gold: 1.0}
        elif item.label is not None and len(usable) >= FEWEST_ANSWERS:
            truth = truth_of(item.label, item.confidence, {answer.value for answer in usable})
        else:
            return
        for answer in usable:
            worker = self.workers[answer.worker_id]
            worker.answers += 1
            if item.gold is not None:
                worker.gold = worker.gold.plus(Gold(answers=1, right=int(answer.value == item.gold)))
            for label, probability in truth.items():
                worker.counts[label, answer.value] += probability

    def parts(self, places: Sequence[int]) -> dict[str, WorkerPart]:
        """Write what the job shows, by worker id; `places` are those of the job's labels in the record."""
        return {
            worker: WorkerPart(answers=tally.answers, gold=tally.gold, counts=_counts(tally, places))
            for worker, tally in sorted(self.workers.items())
        }


def _counts(tally: _Worker, places: Sequence[int]) -> tuple[tuple[int, int, float], ...]:
    return tuple(
        sorted(
            (places[truth], places[given], float(f"{count:.4g}"))
            for (truth, given), count in tally.counts.items()
            if count >= SMALLEST_COUNT
        )
    )

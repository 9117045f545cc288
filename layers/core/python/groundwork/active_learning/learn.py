"""The stage of a round: what the model labels, and which data objects people are asked for next.

A round is decided once. What follows from it is written first and the round itself last, so a repetition after a
crash either decides the same again, its lots being drawn from the job's own seed, or finds the round and does no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from groundwork.active_learning.allowance import labels_left, people_left
from groundwork.active_learning.candidates import Candidate, Known, read_candidates, read_known
from groundwork.active_learning.decisions import Decision, decided_objects, write_decisions
from groundwork.active_learning.job_lots import mixed
from groundwork.active_learning.learning_round import LearningRound, batches, rounds
from groundwork.job.job_at_hand import JobAtHand
from groundwork.select_batch.selected_batch import SelectedBatch, SelectedObject, queue_selected
from groundwork.task_types.task_type import Json

MOST_FAILED = 0.1
"""Share of the first sample that people may fail on (spec: workflows §3.2)."""


class FirstSampleFailedError(Exception):
    """People could not label the first sample, so more of the data set is not sent to them; fails the job."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a round decides: the model's labels, whom people get next, and what is handed to the next round."""

    auto: tuple[Decision, ...] = ()
    people: tuple[SelectedObject, ...] = ()
    over: bool = False
    reason: str = ""
    figures: dict[str, Json] | None = None
    history: Json = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What a round is decided on."""

    at: JobAtHand
    number: int
    candidates: Sequence[Candidate]
    known: Known

    @property
    def to_label(self) -> list[Candidate]:
        """All but gold objects: their labels are known."""
        return [item for item in self.candidates if not item.gold]

    @property
    def open(self) -> list[Candidate]:
        """Those to label that nobody was asked for and nothing labeled."""
        done = self.known.asked.keys() | self.known.auto_labeled
        return [item for item in self.to_label if item.object_id not in done]


Decide = Callable[[Situation], Decided]


def learn(at: JobAtHand, number: int, decide: Decide) -> LearningRound:
    """Decide a round, unless it is decided already, and queue what it selected for people.

    Raises
    ------
    FirstSampleFailedError
        More than a tenth of the first sample has no label.
    """
    past = rounds(at)
    learned = past[number] if number < len(past) else _commit(at, number, past, decide)
    queue_selected(at)
    return learned


def _commit(at: JobAtHand, number: int, past: Sequence[LearningRound], decide: Decide) -> LearningRound:
    situation = _situation(at, number, past)
    if number == 1:
        _check_first_sample(situation.known)
    decided = _within_conditions(situation, decide)
    shards = {item.object_id: item.shard for item in situation.candidates}
    labeled_shards = write_decisions(at, number, decided.auto, shards)
    people, batch = _select(situation, decided, past)
    if decided.history is not None:
        at.store.write_json(at.paths.learning_history(number), decided.history)
    if decided.figures is not None:
        at.store.write_json(at.paths.learning_figures(number), decided.figures)
    learned = LearningRound(
        number=number,
        # Without anybody to ask there is nothing new to learn from.
        over=decided.over or batch is None,
        reason=decided.reason,
        labeled=len(decided.auto),
        labeled_shards=labeled_shards,
        people=people,
        batch=batch,
        figures=decided.figures or {},
    )
    at.store.write_json(at.paths.learning_round(number), learned.model_dump(mode="json"))
    return learned


def situation_of(at: JobAtHand, number: int) -> Situation:
    """Gather what a round that is not decided yet is decided on."""
    return _situation(at, number, rounds(at))


def _within_conditions(situation: Situation, decide: Decide) -> Decided:
    at, labeled = situation.at, len(situation.known.auto_labeled)
    left = labels_left(at.job, at.queue.window(), labeled)
    if left == 0:
        return Decided(over=True, reason="the percentage that is to be labeled is reached")
    decided = decide(situation)
    surest = sorted(decided.auto, key=lambda each: (-each.confidence, each.object_id))
    return replace(decided, auto=tuple(surest[:left]))


def _situation(at: JobAtHand, number: int, past: Sequence[LearningRound]) -> Situation:
    labeled = frozenset(
        object_id for each in past for object_id in decided_objects(at, each.number, each.labeled_shards)
    )
    return Situation(at, number, read_candidates(at), read_known(at, batches(past), labeled))


def _select(situation: Situation, decided: Decided, past: Sequence[LearningRound]) -> tuple[int, int | None]:
    """Write the batch that people get next, within what the stopping conditions allow; tells its size and number."""
    at, people, still_open = situation.at, list(decided.people), situation.open
    if decided.over:
        taken = {item.object_id for item in people} | {item.object_id for item in decided.auto}
        people += [item.selected(random=False) for item in still_open if item.object_id not in taken]
    labeled = len(situation.known.auto_labeled) + len(decided.auto)
    people = people[: people_left(at.job, at.queue.window(), labeled)]
    gold = [item for item in situation.candidates if item.gold and item.object_id not in situation.known.asked]
    if not decided.over and still_open:
        # Gold objects come along with the others, as many in a hundred in every batch.
        gold = gold[: -(-len(gold) * len(people) // len(still_open))]
    if not people and not gold:
        return 0, None
    objects = _with_gold(situation, people, gold)
    number = batches(past)
    at.store.write_json(at.paths.selected(number), SelectedBatch(objects=objects).model_dump(mode="json"))
    return len(objects), number


def _with_gold(
    situation: Situation, people: Sequence[SelectedObject], gold: Sequence[Candidate]
) -> tuple[SelectedObject, ...]:
    places = set(mixed(len(gold), len(people), situation.at.job, situation.number))
    golden, others = iter(gold), iter(people)
    return tuple(
        next(golden).selected(random=False) if place in places else next(others)
        for place in range(len(people) + len(gold))
    )


def _check_first_sample(known: Known) -> None:
    sample = len(known.asked)
    failed = len(known.failed & known.asked.keys())
    if failed > MOST_FAILED * sample:
        raise FirstSampleFailedError(
            f"ClientError: people could not label {failed} of the {sample} data objects of the first sample, more than "
            "a tenth; look at the failure reasons in the output manifest"
        )

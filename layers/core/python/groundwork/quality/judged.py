"""A data object with its answers and its label, as the quality figures see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from groundwork.consolidation.collected import CollectedAnswer, CollectedObject
from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.outcomes import Labeled, Outcome
from groundwork.quality.compared_sample import ComparedSample
from groundwork.quality.measure import AgreementMeasure, Json, ReadFile, Value, no_file


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """One worker's answer; `value` is None when it can't be used, or nobody can compare answers of the type."""

    worker_id: str
    value: Value
    seconds: float | None


@dataclass(frozen=True, slots=True)
class JudgedObject:
    """An answered data object; `ready_at` in epoch seconds."""

    object_id: int
    iteration: int
    ready_at: float
    data_object: Mapping[str, str]
    answers: tuple[JudgedAnswer, ...]
    missing: int
    labeled: bool
    label: Value
    confidence: float | None
    is_gold: bool = False
    """Whether the answer was known; the label is then what people made of it, and is not in the output."""
    gold: Value = None
    """The known answer, unless it can't be read any more."""
    compared: bool = True
    """False where answers and label were not read, because those of all objects would take too long."""

    @property
    def usable(self) -> list[JudgedAnswer]:
        """The answers that can be compared, in ascending order of their workers."""
        return [answer for answer in self.answers if answer.value is not None]


def nothing_known(known: Json) -> None:
    """Know no answer."""
    del known


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads answers and labels by the measure of the job's task type.

    `known` puts what is known of a gold object into the form of an answer, `read_file` gives the files of labels, and
    `sample` says which objects are compared where comparing takes long.
    """

    job: LabelingJob
    measure: AgreementMeasure | None
    known: Callable[[Json], Mapping[str, Json] | None] = nothing_known
    read_file: ReadFile = no_file
    sample: ComparedSample = field(default_factory=lambda: ComparedSample(0))

    def read(
        self, collected: CollectedObject, outcome: Outcome | None, *, iteration: int, ready_at: float
    ) -> JudgedObject:
        """Read a data object."""
        content = outcome.content if isinstance(outcome, Labeled) else None
        measure = self.measure if self._is_compared(collected) else None
        return JudgedObject(
            object_id=collected.object_id,
            iteration=iteration,
            ready_at=ready_at,
            data_object=collected.data_object,
            answers=tuple(
                self._answer(answer, measure)
                for answer in sorted(collected.answers, key=lambda answer: answer.worker_id)
            ),
            missing=collected.missing,
            labeled=content is not None,
            label=measure.of_label(content, self.job, self.read_file) if measure and content is not None else None,
            confidence=self._confidence(content),
            is_gold=collected.gold is not None,
            gold=self._gold(collected, measure),
            compared=measure is self.measure,
        )

    def _is_compared(self, collected: CollectedObject) -> bool:
        """Whether to compare the answers to an object; the label is counted as one more."""
        if self.measure is None:
            return True
        costs = [self.measure.cost(answer.answer_content) for answer in collected.answers]
        seconds = sum(costs) + max(costs)
        return self.sample.takes(collected.object_id, seconds, foremost=collected.gold is not None)

    def _gold(self, collected: CollectedObject, measure: AgreementMeasure | None) -> Value:
        if measure is None or collected.gold is None or (answer := self.known(collected.gold)) is None:
            return None
        return measure.of_answer(answer, self.job)

    def _answer(self, answer: CollectedAnswer, measure: AgreementMeasure | None) -> JudgedAnswer:
        value = measure.of_answer(answer.answer_content, self.job) if measure else None
        return JudgedAnswer(answer.worker_id, value, answer.time_spent)

    def _confidence(self, content: Mapping[str, Json] | None) -> float | None:
        # Where one worker was asked, Ground Truth writes 0 for want of anything to tell (spec: workflows §2.2).
        if self.measure is None or content is None or self.job.workers_per_object == 1:
            return None
        return self.measure.confidence(content, self.job)


def pairwise(answers: list[JudgedAnswer], measure: AgreementMeasure) -> dict[tuple[str, str], float]:
    """Compare every two answers to an object."""
    return {
        (one.worker_id, other.worker_id): measure.similarity(one.value, other.value)
        for one, other in combinations(answers, 2)
    }

"""A data object with its answers and its label, as the quality figures see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from groundwork.consolidation.collected import CollectedAnswer, CollectedObject
from groundwork.job.labeling_job import LabelingJob
from groundwork.manifest_output.outcomes import Labeled, Outcome
from groundwork.quality.measure import AgreementMeasure, Json, Value


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
    gold: Value = None
    """The known answer, where there is one; the label is then what people made of it, and is not in the output."""

    @property
    def usable(self) -> list[JudgedAnswer]:
        """The answers that can be compared, in ascending order of their workers."""
        return [answer for answer in self.answers if answer.value is not None]


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads answers and labels by the measure of the job's task type."""

    job: LabelingJob
    measure: AgreementMeasure | None

    def read(
        self, collected: CollectedObject, outcome: Outcome | None, *, iteration: int, ready_at: float
    ) -> JudgedObject:
        """Read a data object."""
        content = outcome.content if isinstance(outcome, Labeled) else None
        return JudgedObject(
            object_id=collected.object_id,
            iteration=iteration,
            ready_at=ready_at,
            data_object=collected.data_object,
            answers=tuple(map(self._answer, sorted(collected.answers, key=lambda answer: answer.worker_id))),
            missing=collected.missing,
            labeled=content is not None,
            label=self.measure.of_label(content, self.job) if self.measure and content is not None else None,
            confidence=self._confidence(content),
            gold=collected.gold,
        )

    def _answer(self, answer: CollectedAnswer) -> JudgedAnswer:
        value = self.measure.of_answer(answer.answer_content, self.job) if self.measure else None
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

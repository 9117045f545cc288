"""Between a job's data objects and the rows of a pool."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from groundwork.active_learning.candidates import Candidate
from groundwork.active_learning.decisions import Decision
from groundwork.active_learning.features import Features
from groundwork.active_learning.job_lots import seed_of
from groundwork.active_learning.learn import Decided, Situation
from groundwork.active_learning.pool import UNLABELED, Asked, OutsidePrediction, Pool
from groundwork.active_learning.round import Figures, Round
from groundwork.active_learning.settings import Settings
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.task_type import Json


@dataclass(frozen=True, slots=True)
class Rows:
    """The candidates that have features, one a row; the others are left to people."""

    candidates: tuple[Candidate, ...]
    features: Features

    @classmethod
    def of(cls, candidates: Sequence[Candidate], objects: Sequence[int], features: Features) -> Rows:
        """Bring features into the order of the candidates; `objects` are the ids of their rows."""
        places = {object_id: row for row, object_id in enumerate(objects)}
        found = tuple(item for item in candidates if item.object_id in places)
        return cls(found, features.take([places[item.object_id] for item in found]))

    def pool(self, situation: Situation) -> Pool:
        """Tell a round what is known of each row; whatever a lot chose may judge the model."""
        drawn = {object_id for object_id, random in situation.known.asked.items() if random}
        return replace(
            pool_of(situation, self.candidates, drawn), features=self.features, outside=self._outside(situation.at)
        )

    def decided(self, outcome: Round) -> Decided:
        """Say of data objects what the round says of rows."""
        objects = (self.candidates[row].object_id for row in outcome.auto.rows)
        return decided(self.candidates, outcome, dict(zip(objects, outcome.auto.classes.tolist(), strict=True)))

    def _outside(self, at: JobAtHand) -> OutsidePrediction | None:
        """Read the predictions that lines brought along; None where no line did."""
        reader = at.task_type.predictions
        told = [item.prediction for item in self.candidates]
        if reader is None or not any(told):
            return None
        nothing = (UNLABELED, 0.0)
        read = [reader.as_class(each, at.job) or nothing if each is not None else nothing for each in told]
        return OutsidePrediction(np.array([label for label, _ in read]), np.array([share for _, share in read]))


def pool_of(situation: Situation, candidates: Sequence[Candidate], judging: Collection[int]) -> Pool:
    """Tell what is known of each candidate, without features; `judging` are the objects whose labels may validate.

    A label that is no class counts as one, for what matters then is that there is one.
    """
    known, job, machine = situation.known, situation.at.job, situation.at.task_type.machine
    labels = np.full(len(candidates), UNLABELED, dtype=np.int64)
    trust = np.ones(len(candidates))
    asked = np.zeros(len(candidates), dtype=np.int8)
    auto = np.zeros(len(candidates), dtype=np.bool_)
    for row, item in enumerate(candidates):
        auto[row] = item.object_id in known.auto_labeled
        if item.object_id in known.asked:
            asked[row] = Asked.AT_RANDOM if item.object_id in judging else Asked.CHOSEN
        content = known.labels.get(item.object_id)
        label = machine.read(content, job) if machine is not None and content is not None else None
        if content is not None and label is not None:
            labels[row] = label if isinstance(label, int) else 0
            trust[row] = trust_in(content, job)
    return Pool(None, labels, asked, auto, trust)


def decided(candidates: Sequence[Candidate], outcome: Round, predictions: Mapping[int, Json]) -> Decided:
    """Say of data objects what a round says of rows; without a prediction there is nothing to label an object with."""
    auto, people = outcome.auto, outcome.people
    objects = [candidates[row].object_id for row in auto.rows]
    return Decided(
        auto=tuple(
            Decision(object_id=object_id, prediction=predictions[object_id], confidence=float(confidence))
            for object_id, confidence in zip(objects, auto.confidences, strict=True)
            if object_id in predictions
        ),
        people=tuple(
            candidates[row].selected(random=bool(random))
            for row, random in zip(people.rows, people.at_random, strict=True)
        ),
        over=outcome.exhausted,
        reason=outcome.figures.reason,
        figures=told(outcome.figures),
        history=dict(outcome.history),
    )


def told(figures: Figures) -> dict[str, Json]:
    """Write the figures of a round for people (docs/automated-labeling.md)."""
    validated = figures.validated
    return {
        "target": figures.target,
        "humanLabeled": figures.human_labeled,
        "open": figures.open,
        "threshold": figures.threshold,
        "validated": validated,
        "quality": 1 - figures.wrong / validated if validated else None,
        "bound": figures.bound,
        "risk": figures.risk,
    }


def trust_in(content: Mapping[str, Json], job: LabelingJob) -> float:
    """Tell how sure people's label is; where one worker was asked nobody knows, and it counts in full."""
    confidence = content.get(job.metadata_attribute, {}).get("confidence")
    if job.workers_per_object == 1 or not isinstance(confidence, int | float):
        return 1.0
    return min(1.0, max(float(confidence), 0.01))


def settings_of(job: LabelingJob) -> Settings:
    """Read from the job what its rounds go by.

    Raises
    ------
    ValueError
        The job has no automated labeling.
    """
    if job.automation is None:
        raise ValueError(f"labeling job {job.name} has no automated labeling")
    return Settings(
        classes=len(job.labels or ()),
        seed=seed_of(job),
        target=job.automation.target,
        largest_round=job.max_concurrent,
        human_budget=job.stop_conditions.max_human_labeled_objects,
    )

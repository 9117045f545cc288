"""Predicted parts of a text."""

from __future__ import annotations

from collections.abc import Mapping

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.built_in import SOURCE
from groundwork.task_types.entity_answer import MOST_ENTITIES, span_problem
from groundwork.task_types.prediction import (
    GivenPrediction,
    Prediction,
    Predictions,
    UnusablePredictionError,
    part_confidences,
)
from groundwork.task_types.task_type import Json


class PredictedSpans(Predictions):
    """Entities as in an output line, `{"annotations": {"entities": […]}}` with metadata `entities`, or their list."""

    shown = True
    """Reading for what is wrong is quicker than marking everything; a reader still sees what is not marked."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """List the spans as `initial-value` takes them."""
        entities = _entities(given.value)
        if len(entities) > MOST_ENTITIES:
            raise UnusablePredictionError(f"it has {len(entities):,} entities; at most {MOST_ENTITIES:,} are accepted")
        index = {label: number for number, label in enumerate(job.labels or ())}
        length = len(given.line[SOURCE])
        for number, entity in enumerate(entities, start=1):
            problem = span_problem(entity, index)
            if problem is None and entity["endOffset"] > length:
                problem = f"ends at {entity['endOffset']}, but the text has only {length} characters"
            if problem is not None:
                raise UnusablePredictionError(f"entity {number} {problem.partition('. ')[0].rstrip('.')}")
        spans = [{key: entity[key] for key in _KEYS} for entity in entities]
        return given.of(spans, part_confidences(entities, given.metadata, "entities"))


_KEYS = ("label", "startOffset", "endOffset")


def _entities(value: Json) -> list[Json]:
    if isinstance(value, Mapping):
        value = value.get("annotations", value)
    if isinstance(value, Mapping):
        value = value.get("entities")
    if not isinstance(value, list):
        raise UnusablePredictionError("it has no list of entities")
    return value

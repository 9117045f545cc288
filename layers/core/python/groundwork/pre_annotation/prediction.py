"""Predictions are taken out of manifest lines; a task begins with its own where the job says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.prediction import (
    GivenPrediction,
    Prediction,
    Predictions,
    UnusablePredictionError,
    own_confidence,
    read_confidence,
)
from groundwork.task_types.task_type import Json

SHORT_FORM = frozenset({"label", "confidence", "score"})


class Taken(NamedTuple):
    """A line without its prediction, the prediction if there is one that can be used, and what was wrong with it."""

    line: Mapping[str, Json]
    prediction: Prediction | None = None
    warning: str | None = None


def take_prediction(line: Mapping[str, Json], job: LabelingJob, predictions: Predictions | None) -> Taken:
    """Split a line into what is not prediction and the prediction.

    One that can't be used is no reason to fail the object: people can label it all the same.
    """
    key = job.prediction_attribute
    if predictions is None or (key not in line and f"{key}-metadata" not in line):
        return Taken(line)
    rest = {name: value for name, value in line.items() if name not in (key, f"{key}-metadata")}
    if line.get(key) is None:
        return Taken(rest)
    try:
        given = _given(line[key], line.get(f"{key}-metadata"), rest)
        return Taken(rest, predictions.read(given, job))
    except UnusablePredictionError as error:
        return Taken(rest, warning=f'"{key}" is passed over: {error}.')


def with_prediction(task_input: dict[str, Json], taken: Taken, job: LabelingJob) -> dict[str, Json]:
    """Add `prediction` to the input of a task that begins with it."""
    if taken.prediction is None or not job.show_predictions:
        return task_input
    return {**task_input, "prediction": taken.prediction.model_dump(exclude_none=True)}


def _given(value: Json, metadata: Json, line: Mapping[str, Json]) -> GivenPrediction:
    if metadata is not None and not isinstance(metadata, Mapping):
        raise UnusablePredictionError("its metadata is no object")
    found = dict(metadata or {})
    confidence = read_confidence(found.get("confidence"))
    if isinstance(value, Mapping) and "label" in value and value.keys() <= SHORT_FORM:
        beside = own_confidence(value)
        if None not in (confidence, beside) and confidence != beside:
            raise UnusablePredictionError(f"it has two confidences, {beside} and {confidence}")
        value, confidence = value["label"], confidence if beside is None else beside
    return GivenPrediction(value, found, line, confidence)

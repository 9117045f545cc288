"""Predictions of one label, and of several: class ids or names, each with its confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.class_id import find_class, read_class_id
from groundwork.task_types.prediction import (
    GivenPrediction,
    Prediction,
    Predictions,
    UnusablePredictionError,
    read_confidence,
    shown,
)
from groundwork.task_types.task_type import Json

MORE_LIKELY_THAN_NOT = 0.5
"""From which confidence on a label of several is predicted."""


class PredictedClass(Predictions):
    """One label: `2`, `"2"`, `"boat"`, `{"boat": 0.9, "net": 0.1}`; metadata `class-name`, `confidence`."""

    shown = False
    """A choice costs one key; what is chosen already is too easily left as it is."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """Read the name of the label."""
        labels = job.labels or ()
        if isinstance(given.value, Mapping):
            chances = _chances(given.value, labels)
            best = max(chances.values())
            surest = [label for label, chance in chances.items() if chance == best]
            if len(surest) > 1:
                raise UnusablePredictionError(f"{shown(surest[0])} and {shown(surest[1])} are equally likely")
            return given.of(surest[0], [best])
        return given.of(_named(given.value, given.metadata.get("class-name"), labels))

    def as_class(self, prediction: Prediction, job: LabelingJob) -> tuple[int, float] | None:
        """Give class id and confidence; None when no confidence was told."""
        if prediction.confidence is None:
            return None
        return (job.labels or ()).index(prediction.label), prediction.confidence


class PredictedClasses(Predictions):
    """Several labels: a list of ids or names, or `{"boat": 0.9, …}`; metadata `class-map`, `confidence-map`.

    Labels of less than 0.5 are left out: Ground Truth's output lists all that anybody chose.
    """

    shown = False
    """As with one label; here it may pay where many labels fit an object."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """List the names of the labels in the order of the label file."""
        labels = job.labels or ()
        chances: Mapping[str, float | None] = (
            _listed_chances(given, labels) if isinstance(given.value, list) else _chances(given.value, labels)
        )
        likely = {name: chance for name, chance in chances.items() if chance is None or chance >= MORE_LIKELY_THAN_NOT}
        return given.of([label for label in labels if label in likely], likely.values())


def predicted_label(value: Json, names: Json, labels: Sequence[str]) -> str:
    """Name the label of a part of a prediction.

    Parameters
    ----------
    value : Json
        A class id or a name.
    names : Json
        `class-map` of the metadata: class ids of whoever made the prediction → names. Where there is none, class ids
        are those of the job.
    labels : Sequence[str]

    Raises
    ------
    UnusablePredictionError
        It is no label of the job.
    """
    number = read_class_id(value)
    mapped = names.get(str(number)) if isinstance(names, Mapping) and number is not None else None
    found = find_class(value if mapped is None else mapped, labels)
    if found is None or (mapped is not None and labels[found] != mapped):
        raise UnusablePredictionError(f"{shown(value if mapped is None else mapped)} is no label of this job")
    return labels[found]


def _named(value: Json, name: Json, labels: Sequence[str]) -> str:
    if name is None:
        return predicted_label(value, None, labels)
    if name not in labels:
        raise UnusablePredictionError(f"{shown(name)} is no label of this job")
    if value != name and read_class_id(value) is None:
        raise UnusablePredictionError(f"{shown(value)} is no class id of {shown(name)}, its class-name")
    # An earlier job may have numbered its labels otherwise, so the name counts.
    return str(name)


def _chances(value: Json, labels: Sequence[str]) -> dict[str, float]:
    if not isinstance(value, Mapping) or not value:
        raise UnusablePredictionError(f"{shown(value)} names no label")
    chances: dict[str, float] = {}
    for key, given in value.items():
        label, chance = predicted_label(key, None, labels), read_confidence(given)
        if chance is None:
            raise UnusablePredictionError(f"{shown(key)} has no confidence")
        chances[label] = chance
    return chances


def _listed_chances(given: GivenPrediction, labels: Sequence[str]) -> dict[str, float | None]:
    confidences = given.metadata.get("confidence-map")
    by_id = confidences if isinstance(confidences, Mapping) else {}
    names = given.metadata.get("class-map")
    # Ground Truth writes 0 where one worker was asked: nothing is known of how sure the label is.
    return {predicted_label(item, names, labels): read_confidence(by_id.get(str(item))) or None for item in given.value}

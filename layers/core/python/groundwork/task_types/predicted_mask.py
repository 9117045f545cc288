"""Predicted masks: the S3 address of a PNG, with the color of each label or instance in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.audited_label import AuditedLabel
from groundwork.task_types.audited_mask import is_object, mask_of
from groundwork.task_types.mask_answer import INSTANCES, LABEL_MAPPINGS, MOST_VALUES, read_color
from groundwork.task_types.prediction import (
    GivenPrediction,
    Prediction,
    Predictions,
    UnusablePredictionError,
    own_confidence,
    shown,
)
from groundwork.task_types.task_type import Json, UnusableLineError


class PredictedMask(Predictions):
    """A label for each pixel: the address with metadata `internal-color-map`, or `{"src", "labelMappings"}`."""

    shown = True
    """Painting takes minutes, correcting less; what is wrong shows."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """Give `src` and `labelMappings` as `initial-value` takes them."""
        if isinstance(given.value, Mapping):
            mappings = given.value.get(LABEL_MAPPINGS)
            src, colors = given.value.get("src"), mappings if isinstance(mappings, Mapping) else {}
        else:
            src, colors = _of_output(given)
        _check_parts([(label, _color(entry)) for label, entry in colors.items()], job)
        label = {"src": _address(src), LABEL_MAPPINGS: {name: {"color": _color(colors[name])} for name in colors}}
        return given.of(label, _confidences(given.metadata.get("internal-color-map")))


class PredictedInstances(Predictions):
    """An instance for each pixel: the address with metadata `instances`, or `{"src", "instances"}`."""

    shown = True
    """As with semantic masks."""

    def read(self, given: GivenPrediction, job: LabelingJob) -> Prediction:
        """Give `src` and `instances` as `initial-value` takes them."""
        short = isinstance(given.value, Mapping)
        entries = given.value.get(INSTANCES) if short else given.metadata.get(INSTANCES)
        if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
            raise UnusablePredictionError("it does not list the instances of its mask")
        parts = [(entry.get("label", entry.get("class-name")), _color(entry)) for entry in entries]
        _check_parts(parts, job)
        instances = [{"color": color, "label": label} for label, color in parts]
        label = {"src": _address(given.value.get("src") if short else given.value), INSTANCES: instances}
        return given.of(label, map(own_confidence, entries))


def _of_output(given: GivenPrediction) -> tuple[Json, Mapping[str, Json]]:
    try:
        mask = mask_of(AuditedLabel("prediction", given.value, given.metadata))
    except UnusableLineError as error:
        raise UnusablePredictionError(str(error).rstrip(".")) from None
    return mask.src, mask.label_mappings


def _check_parts(parts: Sequence[tuple[Json, str]], job: LabelingJob) -> None:
    if unknown := [label for label, _ in parts if label not in (job.labels or ())]:
        raise UnusablePredictionError(f"{shown(unknown[0])} is no label of this job")
    if len({color.lower() for _, color in parts}) < len(parts):
        raise UnusablePredictionError("two parts of its mask have the same color")
    if len(parts) > MOST_VALUES:
        raise UnusablePredictionError(f"its mask has {len(parts)} colors; at most {MOST_VALUES} can be submitted")


def _color(entry: Json) -> str:
    color = entry.get("color", entry.get("hex-color")) if isinstance(entry, Mapping) else entry
    if not isinstance(color, str) or read_color(color) is None:
        raise UnusablePredictionError(f"{shown(color)} is no color like #2ca02c")
    return color


def _address(src: Json) -> str:
    if not isinstance(src, str) or not is_object(src):
        raise UnusablePredictionError(f"{shown(src)} is no S3 address of a mask")
    return src


def _confidences(classes: Json) -> list[float | None]:
    return [own_confidence(entry) for entry in classes.values()] if isinstance(classes, Mapping) else []

"""Bounding-box adjustment: correct the boxes of an earlier job (spec: task-types §4.8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from groundwork.consolidation.mean_boxes import MeanBoxes
from groundwork.consolidation.shapes import Shapes
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.audited_label import AuditedLabel, find_audited_label
from groundwork.task_types.bounding_box import METADATA_TYPE, boxes
from groundwork.task_types.built_in import built_in_task_input
from groundwork.task_types.shape_form import BOX_FORM, is_finite_number
from groundwork.task_types.shape_types import shape_type
from groundwork.task_types.task_type import Json, UnusableLineError

SIDES = ("left", "top", "width", "height")


def adjustment_task_input(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Form the built-in task input with the earlier boxes as `initialValue`, as the widget takes them.

    Raises
    ------
    UnusableLineError
        No boxes to adjust, or one that can't be shown with the labels of this job.
    """
    return {**built_in_task_input(line, job), "initialValue": earlier_boxes(line, job)}


def earlier_boxes(line: Mapping[str, Json], job: LabelingJob) -> list[dict[str, Json]]:
    """List the boxes of the audited label, their class ids translated to labels by its class map."""
    audited = find_audited_label(line, job, METADATA_TYPE)
    annotations = audited.value.get("annotations") if isinstance(audited.value, Mapping) else None
    if not isinstance(annotations, list):
        raise UnusableLineError(f'The label "{audited.attribute}" to adjust has no list of annotations.')
    return [_box(number, annotation, audited, job) for number, annotation in enumerate(annotations, start=1)]


def _box(number: int, annotation: Json, audited: AuditedLabel, job: LabelingJob) -> dict[str, Json]:
    place = f'Box {number} of "{audited.attribute}"'
    if not isinstance(annotation, Mapping) or not all(is_finite_number(annotation.get(side)) for side in SIDES):
        raise UnusableLineError(f"{place} lacks a number for {', '.join(SIDES)}.")
    class_map = audited.metadata.get("class-map")
    class_id = annotation.get("class_id")
    label = class_map.get(str(class_id)) if isinstance(class_map, Mapping) else None
    if not isinstance(label, str):
        raise UnusableLineError(f"{place} has class {str(class_id)[:100]}, which its class-map does not name.")
    if label not in (job.labels or ()):
        raise UnusableLineError(
            f'{place} has the label "{label[:100]}", which is missing in the label file of this job; '
            "all labels of the earlier job are needed."
        )
    return {"label": label, **{side: annotation[side] for side in SIDES}}


ADJUSTMENT_BOUNDING_BOX = dataclasses.replace(
    shape_type(
        "AdjustmentBoundingBox",
        "Adjustment of bounding boxes",
        Shapes(METADATA_TYPE, BOX_FORM, boxes, adjusts=True),
        "adjustment_bounding_box",
    ),
    audits=METADATA_TYPE,
    task_input=adjustment_task_input,
    other_consolidations={"ground-truth": MeanBoxes(METADATA_TYPE, adjusts=True)},
)

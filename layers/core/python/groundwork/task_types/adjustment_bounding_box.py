"""Bounding-box adjustment: correct the boxes of an earlier job (spec: task-types §4.8)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from groundwork.consolidation.mean_boxes import MeanBoxes
from groundwork.consolidation.shapes import Shapes
from groundwork.job.labeling_job import LabelingJob
from groundwork.task_types.audited_boxes import LabeledBox, boxes_of
from groundwork.task_types.audited_label import LONGEST_SHOWN, find_audited_label
from groundwork.task_types.bounding_box import METADATA_TYPE, boxes
from groundwork.task_types.built_in import built_in_task_input
from groundwork.task_types.shape_form import BOX_FORM
from groundwork.task_types.shape_types import shape_type
from groundwork.task_types.task_type import GROUND_TRUTH_ALGORITHM, Json, UnusableLineError


def adjustment_task_input(line: Mapping[str, Json], job: LabelingJob) -> dict[str, Json]:
    """Form the built-in task input with the earlier boxes as `initialValue`, as the widget takes them.

    Raises
    ------
    UnusableLineError
        No boxes to adjust, or one that can't be shown with the labels of this job.
    """
    return {**built_in_task_input(line, job), "initialValue": earlier_boxes(line, job)}


def earlier_boxes(line: Mapping[str, Json], job: LabelingJob) -> list[LabeledBox]:
    """List the boxes of the audited label, their class ids translated to labels by its class map."""
    audited = find_audited_label(line, job, METADATA_TYPE)
    boxes_there = boxes_of(audited)
    for number, box in enumerate(boxes_there):
        if box["label"] not in (job.labels or ()):
            raise UnusableLineError(
                f'Box {number} of "{audited.attribute}" has the label "{box["label"][:LONGEST_SHOWN]}", which is '
                "missing in the label file of this job; all labels of the earlier job are needed."
            )
    return boxes_there


ADJUSTMENT_BOUNDING_BOX = dataclasses.replace(
    shape_type(
        "AdjustmentBoundingBox",
        "Adjustment of bounding boxes",
        Shapes(METADATA_TYPE, BOX_FORM, boxes, adjusts=True),
        "adjustment_bounding_box",
    ),
    audits=METADATA_TYPE,
    predictions=None,
    task_input=adjustment_task_input,
    other_consolidations={GROUND_TRUTH_ALGORITHM: MeanBoxes(METADATA_TYPE, adjusts=True)},
)

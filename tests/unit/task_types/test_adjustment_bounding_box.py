from __future__ import annotations

import json

import pytest
from groundwork.pre_annotation.records import CheckedLine, first_pass
from groundwork.task_types import registry
from groundwork.task_types.task_type import UnusableLineError

from tests.formats.jobs import image_job

ADJUST = registry.get("AdjustmentBoundingBox")
JOB = image_job(task_type="AdjustmentBoundingBox", label_attribute="boats-adjusted", labels=("buoy", "boat", "net"))
BOX = {"class_id": 0, "left": 4, "top": 5.5, "width": 10, "height": 12}


def line(*annotations, class_map=None):
    return {
        "source-ref": "s3://harbor-in/1.jpg",
        "boats": {"image_size": [{"width": 99, "height": 80, "depth": 3}], "annotations": list(annotations)},
        "boats-metadata": {
            "type": "groundtruth/object-detection",
            "class-map": {"0": "boat", "3": "net"} if class_map is None else class_map,
        },
    }


def test_the_earlier_boxes_are_there_with_their_labels_by_name():
    given = line(BOX, {**BOX, "class_id": 3, "left": 0})
    assert ADJUST.task_input(given, JOB) == {
        "taskObject": "s3://harbor-in/1.jpg",
        "labels": ["buoy", "boat", "net"],
        "manifestLine": given,
        "initialValue": [
            {"label": "boat", "left": 4, "top": 5.5, "width": 10, "height": 12},
            {"label": "net", "left": 0, "top": 5.5, "width": 10, "height": 12},
        ],
    }


def test_an_image_without_earlier_boxes_can_still_get_some():
    assert ADJUST.task_input(line(class_map={}), JOB)["initialValue"] == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (line({**BOX, "class_id": 1}), 'Box 0 of "boats" has the class id 1, which the class-map does not name'),
        (line(BOX, class_map=[]), "no class-map"),
        (line(BOX, BOX, class_map={"0": "ship"}), 'Box 0 .* label "ship", which is missing in the label file'),
        (line({**BOX, "left": "4"}), "no number as left"),
        ({**line(), "boats": []}, 'The label "boats" has no list of annotations'),
        ({"source-ref": "s3://harbor-in/1.jpg"}, "no earlier label"),
    ],
)
def test_earlier_boxes_that_can_not_be_shown_fail_the_object(given, says):
    with pytest.raises(UnusableLineError, match=says):
        ADJUST.task_input(given, JOB)
    record = first_pass(0, json.dumps(given).encode(), JOB, ADJUST, lambda raw: CheckedLine(json.loads(raw)))
    assert record.state == "failed"
    assert record.reason.startswith("ClientError: ")

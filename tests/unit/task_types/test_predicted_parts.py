"""Predictions that consist of parts: shapes, masks, instances and spans of a text."""

from __future__ import annotations

import pytest
from groundwork.pre_annotation.prediction import take_prediction
from groundwork.task_types import registry
from groundwork.task_types.shape_answer import MOST_SHAPES

from tests.formats.jobs import entity_job, segmentation_job, shape_job

TEXT = "The Heron left Berth 4."
MASK = "s3://harbor-out/areas/0.png"
THINGS = segmentation_job(name="Pier-Things", task_type="InstanceSegmentation")


def taken(job, value, metadata=None):
    key = job.prediction_attribute
    line = {"source": TEXT, key: value, f"{key}-metadata": metadata}
    return take_prediction(line, job, registry.get(job.task_type).predictions)


def read(job, value, metadata=None):
    found = taken(job, value, metadata)
    assert found.warning is None
    return found.prediction.label, found.prediction.confidence


def refused(job, value, metadata=None):
    found = taken(job, value, metadata)
    assert found.prediction is None
    return found.warning


BOXES = shape_job("BoundingBox")
SIDES = {"left": 10, "top": 20, "width": 30, "height": 40}
BOX = {"label": "buoy", **SIDES}
OUTPUT = {"image_size": [{"width": 640, "height": 480, "depth": 3}], "annotations": [{"class_id": 7, **SIDES}]}


@pytest.mark.parametrize(
    ("value", "metadata"),
    [
        (OUTPUT, {"class-map": {"7": "buoy"}, "objects": [{"confidence": 0.6}]}),
        (OUTPUT, {"class-map": {"7": "buoy"}, "confidence": 0.6}),
        ({"annotations": [{"class_id": 1, **SIDES}]}, {"objects": [{"confidence": 0.6}]}),
        ({"annotations": [{**BOX, "confidence": 0.6}]}, None),
        ([{**BOX, "score": 0.6}], None),
        ({"boundingBoxes": [BOX], "inputImageProperties": {"width": 640, "height": 480}}, {"confidence": 0.6}),
        ({"label": [BOX], "confidence": 0.6}, None),
    ],
)
def test_boxes_are_read_as_an_output_line_or_the_widget_writes_them(value, metadata):
    assert read(BOXES, value, metadata) == ([BOX], 0.6)


def test_no_shape_at_all_is_a_prediction():
    assert read(BOXES, {"annotations": []}) == ([], None)


def test_the_confidence_of_shapes_is_their_mean_where_all_of_them_have_one():
    boxes = [{**BOX, "confidence": 0.5}, {**BOX, "confidence": 1}]
    assert read(BOXES, boxes)[1] == 0.75
    assert read(BOXES, [*boxes, BOX])[1] is None
    assert read(BOXES, boxes, {"confidence": 0.1})[1] == 0.1


def test_what_stands_over_the_edge_of_the_image_is_cut_off():
    over = {"image_size": [{"width": 100, "height": 50}], "annotations": [{**BOX, "left": -5, "top": 30}]}
    assert read(BOXES, over)[0] == [{"label": "buoy", "left": 0, "top": 30, "width": 25, "height": 20}]
    assert read(BOXES, [{**BOX, "left": -5}])[0] == [{**BOX, "left": 0, "width": 25}]


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("Polygon", {"vertices": [[1, 2], [9, 2], [5, 700]]}, {"vertices": [(1, 2), (9, 2), (5, 480)]}),
        ("Polyline", {"vertices": [{"x": 1, "y": 2}, {"x": 900, "y": 2}]}, {"vertices": [(1, 2), (640, 2)]}),
        ("Line", {"vertices": [[1, 2], [3.25, 4]]}, {"vertices": [(1, 2), (3.25, 4)]}),
        ("Keypoint", {"x": -1, "y": 4}, {"x": 0, "y": 4}),
    ],
)
def test_every_kind_of_shape_can_be_predicted(name, shape, expected):
    if "vertices" in expected:
        expected = {"vertices": [{"x": x, "y": y} for x, y in expected["vertices"]]}
    value = {"image_size": [{"width": 640, "height": 480}], "annotations": [{"label": "boat", **shape}]}
    assert read(shape_job(name), value)[0] == [{"label": "boat", **expected}]


@pytest.mark.parametrize(
    ("value", "metadata", "reason"),
    [
        ("buoy", None, "no list of annotations"),
        ({"boxes": []}, None, "no list of annotations"),
        ([7], None, "no list of annotations"),
        ([{**BOX, "label": "kayak"}], None, '"kayak" is no label'),
        ([{"class_id": 2, **SIDES}], None, "2 is no label"),
        ([SIDES], None, "None is no label"),
        (OUTPUT, {"class-map": {"7": "kayak"}}, '"kayak" is no label'),
        ([{**BOX, "left": "10"}], None, 'box 1 has no usable "left"'),
        ([BOX, {**BOX, "width": 0}], None, "box 2 is less than one pixel"),
        ([BOX, {**BOX, "left": -90}], None, "box 2 is less than one pixel"),
        ({**OUTPUT, "image_size": [{"width": 0, "height": 1}]}, {"class-map": {"7": "buoy"}}, "image_size"),
        (OUTPUT, {"class-map": {"7": "buoy"}, "objects": []}, '"objects" of its metadata'),
        ([{**BOX, "confidence": 7}], None, "7 is no confidence"),
        ([BOX] * (MOST_SHAPES + 1), None, "1,001 shapes"),
    ],
)
def test_boxes_that_can_not_be_shown_are_no_prediction(value, metadata, reason):
    assert reason in refused(BOXES, value, metadata)


@pytest.mark.parametrize(
    ("name", "shape", "reason"),
    [
        ("Polygon", {"vertices": [[1, 1], [2, 2]]}, "outline 1 has 2 corners and must have 3"),
        ("Polygon", {"vertices": [[1, 1], [2, 2], "x"]}, 'outline 1 has no usable "x"'),
        ("Line", {"vertices": [[1, 1], [1, 1]]}, "line 1 has no length"),
        ("Keypoint", {"x": 1}, 'point 1 has no usable "y"'),
    ],
)
def test_other_shapes_that_can_not_be_shown_are_no_prediction(name, shape, reason):
    assert reason in refused(shape_job(name), [{"label": "boat", **shape}])


COLORS = {
    "0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.8},
    "1": {"class-name": "deck", "hex-color": "#2ca02c", "confidence": 0.8},
}
SHOWN_MASK = {"src": MASK, "labelMappings": {"deck": {"color": "#2ca02c"}}}


@pytest.mark.parametrize(
    ("value", "metadata"),
    [
        (MASK, {"internal-color-map": COLORS}),
        (SHOWN_MASK, {"confidence": 0.8}),
        ({"label": SHOWN_MASK, "confidence": 0.8}, None),
        ({"src": MASK, "labelMappings": {"deck": "#2ca02c"}}, {"confidence": 0.8}),
    ],
)
def test_a_mask_is_read_with_the_colors_of_its_labels(value, metadata):
    assert read(segmentation_job(), value, metadata) == (SHOWN_MASK, pytest.approx(0.8))


@pytest.mark.parametrize(
    ("value", "metadata", "reason"),
    [
        (MASK, None, "internal-color-map"),
        (MASK, {"internal-color-map": {"1": {"class-name": "deck"}}}, "hex-color"),
        (MASK, {"internal-color-map": {"1": {**COLORS["1"], "class-name": "kayak"}}}, '"kayak" is no label'),
        ("https://harbor-out/0.png", {"internal-color-map": COLORS}, "S3 address"),
        ({"src": "0.png", "labelMappings": {}}, None, "S3 address"),
        ({"src": MASK, "labelMappings": {"deck": "green"}}, None, '"green" is no color'),
        ({"src": MASK, "labelMappings": {"deck": "#00ff00", "mast": "#00FF00"}}, None, "the same color"),
        (7, None, "S3 address"),
    ],
)
def test_a_mask_that_can_not_be_shown_is_no_prediction(value, metadata, reason):
    assert reason in refused(segmentation_job(), value, metadata)


SHOWN_THINGS = [{"color": "#1f77b4", "label": "rope"}, {"color": "#ff7f0e", "label": "rope"}]


@pytest.mark.parametrize(
    ("value", "metadata"),
    [
        (
            MASK,
            {
                "instances": [
                    {"class-name": "rope", "class-id": 2, "hex-color": color, "confidence": confidence}
                    for color, confidence in (("#1f77b4", 0.5), ("#ff7f0e", 1))
                ]
            },
        ),
        ({"src": MASK, "instances": SHOWN_THINGS}, {"confidence": 0.75}),
    ],
)
def test_instances_are_read_with_their_colors(value, metadata):
    assert read(THINGS, value, metadata) == ({"src": MASK, "instances": SHOWN_THINGS}, 0.75)


@pytest.mark.parametrize(
    ("value", "metadata", "reason"),
    [
        (MASK, None, "does not list the instances"),
        ({"src": MASK}, None, "does not list the instances"),
        ({"src": MASK, "instances": [{"label": "kayak", "color": "#1f77b4"}]}, None, '"kayak" is no label'),
        ({"src": MASK, "instances": [{"label": "rope"}]}, None, "None is no color"),
        ({"src": 7, "instances": SHOWN_THINGS}, None, "7 is no S3 address"),
        ({"src": MASK, "instances": SHOWN_THINGS * 2}, None, "the same color"),
    ],
)
def test_instances_that_can_not_be_shown_are_no_prediction(value, metadata, reason):
    assert reason in refused(THINGS, value, metadata)


SPAN = {"label": "Vessel", "startOffset": 4, "endOffset": 9}


@pytest.mark.parametrize(
    ("value", "metadata"),
    [
        ({"annotations": {"labels": [{"label": "Vessel"}], "entities": [SPAN]}}, {"entities": [{"confidence": 0.7}]}),
        ({"entities": [{**SPAN, "confidence": 0.7}]}, None),
        ([{**SPAN, "score": 0.7}], None),
        ({"label": [SPAN], "confidence": 0.7}, None),
    ],
)
def test_entities_are_read_as_an_output_line_or_the_widget_writes_them(value, metadata):
    assert read(entity_job(), value, metadata) == ([SPAN], 0.7)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Heron", "no list of entities"),
        ({"annotations": []}, None),
        ([7], "entity 1 is no object"),
        ([{**SPAN, "label": "Boat"}], 'entity 1 has the label "Boat"'),
        ([SPAN, {**SPAN, "endOffset": 24}], "entity 2 ends at 24, but the text has only 23 characters"),
        ([{**SPAN, "startOffset": 9}], "entity 1 is empty"),
        ([{**SPAN, "confidence": 2}], "2 is no confidence"),
    ],
)
def test_entities_outside_the_text_or_of_no_label_are_no_prediction(value, reason):
    if reason is None:
        assert read(entity_job(), value) == ([], None)
    else:
        assert reason in refused(entity_job(), value)

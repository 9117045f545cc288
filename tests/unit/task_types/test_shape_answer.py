from __future__ import annotations

import json
import math

import pytest
from groundwork.task_types import registry
from groundwork.task_types.shape_answer import MOST_SHAPES, read_drawing
from groundwork.task_types.shape_form import BOX_FORM, MOST_VERTICES, POLYGON_FORM
from groundwork.task_types.task_type import AnsweredTask, InvalidAnswerError

from tests.formats.jobs import image_job

LABELS = ("boat", "buoy")
TASK = AnsweredTask(image_job(labels=LABELS), dict)
SIZE = {"width": 120, "height": 80}
BOX = {"label": "boat", "left": 1, "top": 2, "width": 8, "height": 9}
TRIANGLE = [{"x": 1, "y": 2}, {"x": 9, "y": 2}, {"x": 5, "y": 7}]
GOOD = {
    "BoundingBox": ("boundingBoxes", BOX),
    "AdjustmentBoundingBox": ("boundingBoxes", BOX),
    "Polygon": ("polygons", {"label": "buoy", "vertices": TRIANGLE}),
    "Polyline": ("polylines", {"label": "buoy", "vertices": TRIANGLE}),
    "Line": ("lines", {"label": "buoy", "vertices": TRIANGLE[:2]}),
    "Keypoint": ("keypoints", {"label": "boat", "x": 119, "y": 0}),
}


def answer(key, *shapes, name="boundingBox", size=SIZE, **more):
    return {name: {key: list(shapes), "inputImageProperties": size, **more}}


def refused(name, given):
    with pytest.raises(InvalidAnswerError) as refusal:
        registry.get(name).check_answer(given, TASK)
    return str(refusal.value)


@pytest.mark.parametrize("name", GOOD)
def test_shapes_with_labels_of_the_job_are_accepted_whatever_the_widget_is_called(name):
    key, shape = GOOD[name]
    for widget in (key, "my own name"):
        registry.get(name).check_answer({"note": "x", **answer(key, shape, shape, name=widget)}, TASK)


@pytest.mark.parametrize("name", GOOD)
def test_nothing_on_the_image_is_an_answer(name):
    registry.get(name).check_answer(answer(GOOD[name][0]), TASK)


@pytest.mark.parametrize("name", GOOD)
def test_an_answer_without_the_widget_or_with_two_is_refused(name):
    key, shape = GOOD[name]
    assert f'no field with "{key}"' in refused(name, {"other": {"shapes": []}})
    assert "several fields" in refused(name, {**answer(key, shape), **answer(key, shape, name="again")})


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("label", [None, "", 3, ["boat"]])
def test_a_shape_without_a_label_is_refused_by_its_number(name, label):
    key, shape = GOOD[name]
    assert " 2 has no label. Give it one of" in refused(name, answer(key, shape, {**shape, "label": label}))


@pytest.mark.parametrize("name", GOOD)
def test_a_label_that_the_job_does_not_have_is_refused(name):
    key, shape = GOOD[name]
    said = refused(name, answer(key, {**shape, "label": "Boat"}))
    assert 'has the label "Boat", which this job does not have. Choose one of "boat", "buoy".' in said


@pytest.mark.parametrize("bad", [None, True, "4", math.nan, math.inf, -math.inf, [1], 10**400])
@pytest.mark.parametrize("side", ["left", "top", "width", "height"])
def test_a_side_that_is_no_finite_number_is_refused(side, bad):
    said = refused("BoundingBox", answer("boundingBoxes", {**BOX, side: bad}))
    assert said == f'Box 1 has no usable "{side}": a number of pixels is needed. Draw it again and submit again.'


@pytest.mark.parametrize("bad", [None, False, "4", math.nan, math.inf])
@pytest.mark.parametrize("name", ["Polygon", "Polyline", "Line", "Keypoint"])
def test_a_place_that_is_no_finite_number_is_refused(name, bad):
    key, shape = GOOD[name]
    broken = json.loads(json.dumps(shape))
    (broken["vertices"][1] if "vertices" in broken else broken)["y"] = bad
    assert 'no usable "y"' in refused(name, answer(key, broken))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"width": 0.5}, "less than one pixel"),
        ({"height": 0}, "less than one pixel"),
        ({"width": -8}, "less than one pixel"),
        ({"left": -3}, "reaches beyond the image"),
        ({"left": 115}, "reaches beyond the image"),
        ({"top": 73.1}, "reaches beyond the image"),
        ({"left": 1e8, "width": 1e8}, "reaches beyond the image"),
        ({"left": 1e300, "width": 1e308}, 'no usable "left"'),
    ],
)
def test_a_box_that_is_empty_or_not_on_the_image_is_refused(change, says):
    assert says in refused("BoundingBox", answer("boundingBoxes", {**BOX, **change}))


def test_a_box_rounded_over_the_edge_is_cut_off_there():
    drawing = read_drawing(
        answer("boundingBoxes", {"label": "boat", "left": 100, "top": -0.4, "width": 20.6, "height": 80.4}),
        LABELS,
        BOX_FORM,
    )
    assert drawing.shapes == ((0, (100.0, 0.0, 20.0, 80.0)),)


@pytest.mark.parametrize("name", ["Polygon", "Polyline", "Line", "Keypoint"])
def test_a_place_outside_the_image_is_refused(name):
    key, shape = GOOD[name]
    broken = json.loads(json.dumps(shape))
    (broken["vertices"][0] if "vertices" in broken else broken)["x"] = 121.5
    assert "outside the image" in refused(name, answer(key, broken))


@pytest.mark.parametrize(
    ("name", "vertices", "needed"),
    [
        ("Polygon", 2, "2 corners and must have 3 to 1,000"),
        ("Polygon", MOST_VERTICES + 1, "1,001 corners and must have 3 to 1,000"),
        ("Polyline", 1, "1 corners and must have 2 to 1,000"),
        ("Line", 3, "3 corners and must have 2."),
        ("Line", 0, "0 corners"),
    ],
)
def test_too_few_or_too_many_corners_are_refused(name, vertices, needed):
    places = [{"x": n % 100, "y": n % 7} for n in range(vertices)]
    assert needed in refused(name, answer(GOOD[name][0], {"label": "boat", "vertices": places}))


def test_corners_that_are_no_list_are_refused():
    for bad in (None, {"x": 1}, "abc", [1, 2, 3], [None, [], "x"]):
        refused("Polygon", answer("polygons", {"label": "boat", "vertices": bad}))


@pytest.mark.parametrize(
    "places", [[(1, 1), (5, 5), (9, 9)], [(4, 4), (4, 4), (4, 4)], [(1, 1), (9, 1), (1, 1), (5, 1)]]
)
def test_an_outline_around_nothing_is_refused(places):
    shape = {"label": "boat", "vertices": [{"x": x, "y": y} for x, y in places]}
    assert "encloses no area" in refused("Polygon", answer("polygons", shape))


def test_a_bow_tie_encloses_something():
    places = [(0, 0), (10, 10), (10, 0), (0, 10)]
    shape = {"label": "boat", "vertices": [{"x": x, "y": y} for x, y in places]}
    registry.get("Polygon").check_answer(answer("polygons", shape), TASK)


@pytest.mark.parametrize("name", ["Polyline", "Line"])
def test_a_path_without_length_is_refused(name):
    shape = {"label": "boat", "vertices": [{"x": 4, "y": 4}, {"x": 4, "y": 4}]}
    assert "has no length" in refused(name, answer(GOOD[name][0], shape))


def side(width):
    return {"width": width, "height": 80}


BAD_SIZES = [None, {}, [120, 80], {"width": 120}, *map(side, ("120", True, 0, 1.5, math.nan, math.inf, 10**9))]


@pytest.mark.parametrize("size", BAD_SIZES)
def test_an_answer_without_the_size_of_its_image_is_refused(size):
    assert "size of the image" in refused("BoundingBox", answer("boundingBoxes", BOX, size=size))


def test_the_number_of_shapes_and_corners_is_bounded():
    registry.get("BoundingBox").check_answer(answer("boundingBoxes", *[BOX] * MOST_SHAPES), TASK)
    assert "1,001 shapes" in refused("BoundingBox", answer("boundingBoxes", *[BOX] * (MOST_SHAPES + 1)))
    wheel = [
        {"x": 60 + 30 * math.cos(n / 500 * math.pi), "y": 40 + 30 * math.sin(n / 500 * math.pi)} for n in range(1000)
    ]
    many = [{"label": "boat", "vertices": wheel}] * 21
    assert "20,000 corners in all" in refused("Polygon", answer("polygons", *many))


def test_shapes_are_read_in_an_order_of_their_own():
    other = {"label": "buoy", "vertices": TRIANGLE[::-1]}
    shape = {"label": "boat", "vertices": TRIANGLE}
    drawings = {
        read_drawing(answer("polygons", *shapes), LABELS, POLYGON_FORM) for shapes in ((shape, other), (other, shape))
    }
    assert len(drawings) == 1
